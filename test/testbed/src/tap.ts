import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestCluster } from './cluster.js';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** A request that has left its sender and not reached the API server. */
export interface HeldRequest extends Asked {
  /** Passes it on, whoever sent it lives or not. Resolves with the API server's status. */
  letGo(): Promise<number>;
}

/** A way to an API server on which a chosen request can be kept for as long as a test likes. */
export class Tap {
  private readonly agent: Agent;
  private wanted: ((asked: Asked) => boolean) | undefined;
  private found: ((held: HeldRequest) => void) | undefined;

  private constructor(
    private readonly cluster: TestCluster,
    private readonly server: Server,
    private readonly certificate: string,
  ) {
    this.agent = new Agent({ ca: certificate, keepAlive: true });
  }

  static async before(cluster: TestCluster): Promise<Tap> {
    const { cert, key } = await cluster.identity();
    const server = createServer({ cert, key });
    const tap = new Tap(cluster, server, cert);
    server.on('request', (asked, answer) => void tap.onRequest(asked, answer));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return tap;
  }

  /** The cluster's own, with this way instead. */
  get kubeconfig(): string {
    const { port } = this.server.address() as AddressInfo;
    return this.cluster.kubeconfig.replace(this.cluster.url, `https://127.0.0.1:${port}`);
  }

  /** Keeps the first request that is wanted; all others pass. */
  hold(wanted: (asked: Asked) => boolean): Promise<HeldRequest> {
    this.wanted = wanted;
    return new Promise((resolve) => (this.found = resolve));
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    this.agent.destroy();
    await once(this.server, 'close');
  }

  private async onRequest(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = incoming;
    // Read to its end first: what is kept must not depend on its sender any more.
    const body = await text(incoming).catch(() => undefined);
    if (body === undefined) return;
    const asked = { method, path, body };
    const pass = () => this.pass(asked, incoming, answer);
    if (this.wanted?.(asked) !== true) {
      await pass().catch(() => undefined);
      return;
    }
    this.wanted = undefined;
    this.found?.({ ...asked, letGo: pass });
  }

  /** Resolves with the status when the answer has begun; a watch goes on for long. */
  private pass({ method, path, body }: Asked, from: IncomingMessage, to: ServerResponse) {
    const { host: _ours, ...headers } = from.headers;
    return new Promise<number>((resolve, reject) => {
      const onward = request(`${this.cluster.url}${path}`, {
        method,
        headers,
        agent: this.agent,
        ca: this.certificate,
      });
      onward.once('response', (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => to.destroy()).pipe(to);
        resolve(answer.statusCode ?? 502);
      });
      onward.once('error', (error) => {
        to.destroy();
        reject(error);
      });
      // Who asked for a watch and went away wants no more of it.
      to.once('close', () => method === 'GET' && onward.destroy());
      onward.end(body);
    });
  }
}
