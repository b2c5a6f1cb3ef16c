import type { IncomingHttpHeaders } from 'node:http';
import { orAborted } from '@spillway/application';
import { duration, type Duration } from '@spillway/kernel';
import { request, type Dispatcher } from 'undici';
import type { ApiServer } from './api-server.js';
import { openConnections, type Connect, type Connections } from './connections.js';
import { ApiRefusal } from './failure.js';
import { heard, verbOf, type HearCall } from './heard-call.js';
import { ServerReturn } from './server-return.js';

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
  /** How long to wait for an answer, where that is less than for other calls. */
  readonly within?: Duration;
}

/**
 * Bookmarks come once a minute, so a watch that says nothing for longer is not
 * idle but dead: a server that hangs, or a load balancer that forgot us.
 */
const silence = 150_000;
/** A server that is ready says so at once. */
const soon = duration(1_000);

/** Calls to one API server, over connections that are kept. */
export class ApiSession {
  /** For those who wait before they try again. Everybody who is signed in may ask for `/readyz`. */
  readonly back = new ServerReturn(() => this.call({ path: '/readyz', within: soon }));
  private connections: Connections | undefined;
  private closed = false;

  constructor(
    private readonly server: ApiServer,
    private readonly callTimeout: Duration,
    private readonly connect?: Connect,
    private readonly hear: HearCall = () => undefined,
  ) {}

  /** The parsed answer. Throws `ApiRefusal` for any status but 2xx. */
  call(call: ApiCall): Promise<unknown> {
    return heard(this.hear, verbOf(call.method), () => this.answerTo(call));
  }

  private async answerTo(call: ApiCall): Promise<unknown> {
    const signal = AbortSignal.timeout(Math.min(call.within ?? Infinity, this.callTimeout));
    const { statusCode, headers, body } = await this.send('calls', call, { signal });
    const parsed = parse(headers, await body.text());
    if (statusCode < 200 || statusCode > 299) throw new ApiRefusal(statusCode, parsed);
    return parsed;
  }

  /** The lines of a watch, until the server ends it or the signal does. */
  async *lines(call: ApiCall, signal: AbortSignal): AsyncGenerator<string> {
    const body = await heard(this.hear, 'watch', () => this.watch(call, signal));
    let rest = '';
    for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  }

  private async watch(
    call: ApiCall,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData['body']> {
    const { statusCode, headers, body } = await this.send('watches', call, {
      signal,
      headersTimeout: this.callTimeout,
      bodyTimeout: silence,
    });
    if (statusCode === 200) return body;
    throw new ApiRefusal(statusCode, parse(headers, await body.text()));
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.connections?.calls.destroy(), this.connections?.watches.destroy()]);
  }

  private async send(
    over: keyof Connections,
    call: ApiCall,
    options: { signal: AbortSignal; headersTimeout?: number; bodyTimeout?: number },
  ): Promise<Dispatcher.ResponseData> {
    const signed = await this.server.headers();
    if (this.closed) throw new Error('the link is closed');
    this.connections ??= openConnections(this.server, this.callTimeout, this.connect);
    const answer = request(this.server.url + call.path, {
      ...options,
      method: call.method ?? 'GET',
      dispatcher: this.connections[over],
      headers: headersOf(call, signed),
      body: call.body === undefined ? null : JSON.stringify(call.body),
    });
    return orAborted(answer, options.signal);
  }
}

const json = 'application/json';

const headersOf = (
  call: ApiCall,
  signed: Readonly<Record<string, string>>,
): IncomingHttpHeaders => ({
  ...signed,
  accept: call.accept ?? json,
  ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? json }),
});

const parse = (headers: IncomingHttpHeaders, text: string): unknown =>
  headers['content-type']?.includes('json') === true ? JSON.parse(text) : text;
