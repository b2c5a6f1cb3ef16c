import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A query as it came in. */
export interface SeenQuery {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly promql: string;
  /** Seconds, as text. */
  readonly time: string;
}

/** `undefined`: never answers. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | undefined;

export interface LoopbackPrometheus {
  readonly url: string;
  readonly seen: readonly SeenQuery[];
  close(): Promise<void>;
}

/** An HTTP server on a free port that answers instant queries as it is told. Text bodies are sent as they are. */
export async function startLoopbackPrometheus(
  reply: (query: SeenQuery) => Reply,
): Promise<LoopbackPrometheus> {
  const seen: SeenQuery[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      const query: SeenQuery = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        promql: form.get('query') ?? '',
        time: form.get('time') ?? '',
      };
      seen.push(query);
      const answer = reply(query);
      if (answer === undefined) return;
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
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

/** The body of a vector; values are text, as Prometheus writes them. */
export const vector = (
  ...series: readonly (readonly [labels: Readonly<Record<string, string>>, value: string])[]
): unknown => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: series.map(([metric, value]) => ({ metric, value: [0, value] })),
  },
});
