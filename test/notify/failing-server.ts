import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it does with a request. */
export type Behaviour = (request: Received, response: ServerResponse) => void;

export const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

export const hang: Behaviour = () => undefined;
export const closeAtOnce: Behaviour = (_, response) => void response.socket?.destroy();
export const closeInTheMiddle: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('half', () => response.socket?.destroy());
};
/** Sends its head, and its body a character at a time. */
export const beSlow: Behaviour = (_, response) => {
  response.writeHead(200, { 'content-length': '100000' });
  const timer = setInterval(() => response.write('.'), 20);
  response.on('close', () => clearInterval(timer));
};

/** A server on a free port of loopback that does what a test dictates, and keeps what it is given. */
export class FailingServer {
  readonly received: Received[] = [];
  behave: Behaviour = answer(204);
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      this.received.push(one);
      this.behave(one, response);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    return closed;
  }
}
