import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Value = string | number | boolean | undefined;

/** A span as it came over the wire, with what is said of the process that sent it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly attributes: Readonly<Record<string, Value>>;
  readonly resource: Readonly<Record<string, Value>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

interface Body {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
}

interface WireSpan extends Omit<ReceivedSpan, 'attributes' | 'links' | 'resource'> {
  readonly attributes: readonly Attribute[];
  readonly links?: ReceivedSpan['links'];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

/** Takes spans by OTLP over HTTP as long as it `answers`: with a status, or by never answering. */
export class Collector {
  readonly spans: ReceivedSpan[] = [];
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  answers: number | 'never' = 200;
  private readonly kept: ServerResponse[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Collector> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const collector = new Collector(server, `http://127.0.0.1:${port}`);
    server.on('request', (request, response) => void collector.take(request, response));
    return collector;
  }

  /** Who still waits for an answer is refused, so that nobody tries again. */
  async close(): Promise<void> {
    for (const response of this.kept) response.writeHead(400).end();
    await new Promise(setImmediate);
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url: path = '', headers } = request;
    const body = JSON.parse(await text(request)) as Body;
    this.requests.push({ path, headers });
    if (this.answers === 'never') return void this.kept.push(response);
    if (this.answers === 200) this.spans.push(...spansIn(body));
    response.writeHead(this.answers, { 'content-type': 'application/json' }).end('{}');
  }
}

const spansIn = ({ resourceSpans }: Body): readonly ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, startTimeUnixNano, endTimeUnixNano, links = [], ...span }) => ({
        ...span,
        from: Number(startTimeUnixNano) / 1e6,
        to: Number(endTimeUnixNano) / 1e6,
        attributes: valuesOf(attributes),
        resource: valuesOf(resource.attributes),
        links,
      })),
    ),
  );

const valuesOf = (attributes: readonly Attribute[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
