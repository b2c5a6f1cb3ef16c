import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServedEndpoint } from '@spillway/application/testing';

interface Received {
  readonly method: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Servers on free ports of loopback, each of which does one thing. */
export class LoopbackEndpoints {
  readonly received: Received[] = [];
  readonly #servers: Server[] = [];

  async serve(endpoint: ServedEndpoint): Promise<string> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', headers } = request;
        this.received.push({ method, headers, body: Buffer.concat(chunks).toString('utf8') });
        if (endpoint === 'closes') request.socket.destroy();
        if (typeof endpoint === 'string') return;
        response.writeHead(endpoint.status, endpoint.headers).end(endpoint.body);
      });
    });
    this.#servers.push(server);
    return listen(server);
  }

  /** Where a server was until now. */
  async vacant(): Promise<string> {
    const server = createServer();
    const url = await listen(server);
    await shut(server);
    return url;
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.splice(0).map(shut));
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
