import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a database whose machine can vanish without a word while another takes over its address. */
export class ForgetfulProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<ForgetfulProxy> {
    const { hostname, port } = new URL(databaseUrl);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new ForgetfulProxy(server, url.href);
    server.on('connection', (near) => proxy.join(near, connect(Number(port), hostname)));
    return proxy;
  }

  private join(near: Socket, far: Socket): void {
    this.pairs.add([near, far]);
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  }

  /** Of the connections that there are nothing comes through any more, and nobody is told. */
  forget(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far).resume();
      far.unpipe(near).resume();
    }
  }

  async close(): Promise<void> {
    this.server.close();
    for (const [near] of this.pairs) near.destroy();
    await once(this.server, 'close');
  }
}
