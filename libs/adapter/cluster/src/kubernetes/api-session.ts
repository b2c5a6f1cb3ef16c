import type { IncomingHttpHeaders } from 'node:http';
import type { KubeConfig } from '@kubernetes/client-node';
import { HttpMethod, RequestContext } from '@kubernetes/client-node';
import type { Duration } from '@spillway/kernel';
import { Agent, request, type Dispatcher } from 'undici';
import { ApiRefusal } from './failure.js';

export interface ApiCall {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** Path and query. */
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: unknown;
}

/**
 * Bookmarks come about once a minute, so a watch that says nothing for longer
 * is not idle but dead: a server that hangs, or a load balancer that forgot us.
 */
const silence = 150_000;

/**
 * Calls to one API server over connections that are kept.
 *
 * client-node reads the kubeconfig and signs every call, but would open a new
 * connection for each: it makes a dispatcher a call. The first one that it makes
 * is kept here and used for all of them, watches too.
 */
export class ApiSession {
  private dispatcher: Dispatcher | undefined;
  private closed = false;

  constructor(
    private readonly config: KubeConfig,
    private readonly callTimeout: Duration,
  ) {}

  /** The parsed answer. Throws `ApiRefusal` for any status but 2xx. */
  async call(call: ApiCall): Promise<unknown> {
    const timeout = AbortSignal.timeout(this.callTimeout);
    const { statusCode, headers, body } = await this.send(call, { signal: timeout });
    const parsed = parse(headers, await body.text());
    if (statusCode < 200 || statusCode > 299) throw new ApiRefusal(statusCode, parsed);
    return parsed;
  }

  /** The lines of a watch, until the server ends it or the signal does. */
  async *lines(call: ApiCall, signal: AbortSignal): AsyncGenerator<string> {
    const { statusCode, headers, body } = await this.send(call, {
      signal,
      headersTimeout: this.callTimeout,
      bodyTimeout: silence,
    });
    if (statusCode !== 200) {
      throw new ApiRefusal(statusCode, parse(headers, await body.text()));
    }
    let rest = '';
    for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      yield* parts;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.dispatcher?.destroy();
  }

  private async send(
    call: ApiCall,
    options: { signal: AbortSignal; headersTimeout?: number; bodyTimeout?: number },
  ): Promise<Dispatcher.ResponseData> {
    const server = this.config.getCurrentCluster()?.server ?? '';
    const context = new RequestContext(server.replace(/\/$/, '') + call.path, HttpMethod.GET);
    await this.config.applySecurityAuthentication(context);
    if (this.closed) throw new Error('the link is closed');
    this.dispatcher ??= context.getDispatcher() ?? new Agent();
    const answer = request(context.getUrl(), {
      ...options,
      method: call.method ?? 'GET',
      dispatcher: this.dispatcher,
      headers: { ...context.getHeaders(), accept: call.accept ?? json, ...contentType(call) },
      body: call.body === undefined ? null : JSON.stringify(call.body),
    });
    return orAborted(answer, options.signal);
  }
}

/** undici hears the signal only once it is connected, and gives that ten seconds. */
const orAborted = <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    answer.then(resolve, reject);
  });

const json = 'application/json';

const contentType = (call: ApiCall): Record<string, string> =>
  call.body === undefined ? {} : { 'content-type': call.contentType ?? json };

const parse = (headers: IncomingHttpHeaders, text: string): unknown =>
  headers['content-type']?.includes('json') === true ? JSON.parse(text) : text;
