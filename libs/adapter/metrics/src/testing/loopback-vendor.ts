import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A whole reply; a body that is no text is sent as JSON. */
export interface VendorReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * A whole reply, or what else a server does: it never answers, stops in the middle and keeps the
 * connection or cuts it, or sends without end.
 */
export type VendorBehaviour = VendorReply | 'silent' | 'stalling' | 'breakingOff' | 'flooding';

export interface LoopbackVendor {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** An HTTP server on a free port that behaves as it is told. */
export async function startLoopbackVendor(
  behave: (request: SeenRequest) => VendorBehaviour,
): Promise<LoopbackVendor> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://vendor');
      const one: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body,
      };
      seen.push(one);
      answer(response, behave(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, behaviour: VendorBehaviour): void {
  switch (behaviour) {
    case 'silent':
      return;
    case 'stalling':
    case 'breakingOff':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"half":', () => {
        if (behaviour === 'breakingOff') response.destroy();
      });
      return;
    case 'flooding':
      response.writeHead(200, { 'content-type': 'application/json' });
      flood(response);
      return;
    default:
      response.writeHead(behaviour.status ?? 200, {
        'content-type': typeof behaviour.body === 'string' ? 'text/plain' : 'application/json',
        ...behaviour.headers,
      });
      response.end(
        typeof behaviour.body === 'string' ? behaviour.body : JSON.stringify(behaviour.body),
      );
  }
}

function flood(response: ServerResponse): void {
  while (!response.destroyed && response.write('['.repeat(64 * 1024)));
  if (!response.destroyed) response.once('drain', () => flood(response));
}
