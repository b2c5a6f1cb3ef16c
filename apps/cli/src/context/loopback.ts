import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const path = '/callback';

const page = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Spillway</title><p>${text}</p>`;

/** A port of this machine to which a browser brings one answer. */
export class Loopback {
  private take: (answer: URL) => void = () => undefined;
  private readonly answered = new Promise<URL>((resolve) => (this.take = resolve));
  private readonly server = createServer((request, response) => this.serve(request, response));

  static async open(): Promise<Loopback> {
    const loopback = new Loopback();
    await new Promise<void>((resolve, reject) => {
      loopback.server.once('error', reject);
      loopback.server.listen(0, '127.0.0.1', resolve);
    });
    return loopback;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** The address that the browser was sent to. Rejects when the signal aborts. */
  async answer(signal: AbortSignal): Promise<URL> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('nobody logged in')), { once: true });
    });
    return Promise.race([this.answered, aborted]);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private serve({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const answer = new URL(url, this.address);
    const isAnswer = answer.pathname === path && answer.search !== '';
    response.writeHead(isAnswer ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      connection: 'close',
    });
    response.end(page(isAnswer ? 'You can close this window.' : 'There is nothing here.'), () => {
      if (isAnswer) this.take(answer);
    });
  }
}
