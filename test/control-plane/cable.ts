import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * A way to a database that can be cut: to the database, and to everybody else, whoever is behind
 * it is dead from then on.
 */
export class Cable {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private target: URL,
  ) {}

  static async to(databaseUrl: string): Promise<Cable> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const cable = new Cable(server, url.href, new URL(databaseUrl));
    server.on('connection', (near) => {
      const { hostname, port } = cable.target;
      cable.join(near, connect(Number(port), hostname));
    });
    return cable;
  }

  /** Who comes from now on is led there, as the address of a managed database is after a failover. */
  leadTo(databaseUrl: string): void {
    this.target = new URL(databaseUrl);
  }

  cut(): void {
    this.server.close();
    this.interrupt();
  }

  /** Ends what goes through it; who comes again gets through. */
  interrupt(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      this.sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  }
}
