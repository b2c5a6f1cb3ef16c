import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LoadTester } from './load-tester.js';

export interface ServedLoadTester {
  readonly url: string;
  readonly tester: LoadTester;
  /** Every request, in order. */
  readonly seen: { readonly path: string; readonly headers: IncomingHttpHeaders; body: string }[];
  close(): Promise<void>;
}

/** A load tester on a free port of loopback. */
export async function serveLoadTester(): Promise<ServedLoadTester> {
  const tester = new LoadTester();
  const seen: ServedLoadTester['seen'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '';
      seen.push({ path, headers: request.headers, body });
      const answer = tester.handle(path, body);
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tester,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
