import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `undefined`: never answers. */
export type Reply = { readonly status?: number; readonly body: unknown } | undefined;

export interface LoopbackServer {
  readonly url: string;
  /** Paths with their queries, in their order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** An HTTP server on a free port. Text bodies are sent as they are. */
export async function startLoopback(reply: (url: URL) => Reply): Promise<LoopbackServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = reply(new URL(path, 'http://localhost'));
    if (answer === undefined) return;
    response.writeHead(answer.status ?? 200);
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
