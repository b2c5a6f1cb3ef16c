import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Exchange {
  readonly url: URL;
  readonly response: ServerResponse;
}

/** Answers HTTP calls as a test says, for what a real API server cannot be brought to do. */
export class ScriptedApiServer {
  /** How many connections were opened so far. */
  connections = 0;
  private readonly server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://fake');
    this.answer({ url, response });
  });

  constructor(private readonly answer: (exchange: Exchange) => void) {
    this.server.on('connection', () => (this.connections += 1));
  }

  /** Resolves to a kubeconfig that leads here. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const { port } = this.server.address() as AddressInfo;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'fake',
      clusters: [
        {
          name: 'fake',
          // Plain HTTP is refused without this.
          cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'fake', user: { token: 't' } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function line(response: ServerResponse, type: string, object: unknown): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/json' });
  response.write(`${JSON.stringify({ type, object })}\n`);
}

/** Asks until it holds, five seconds at most. */
export async function holds(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never held: ${condition.toString()}`);
    await pause(5);
  }
}
