import { orAborted, type MetricsConnection, type PrometheusAuth } from '@spillway/application';
import { CodedError, type Instant } from '@spillway/kernel';
import { Pool, errors, type Dispatcher } from 'undici';
import { connecting, type Connect } from '../backend-call/index.js';
import { failure, parseAnswer, type Answer, type Silence } from './answer.js';

export type PrometheusConnection = Extract<MetricsConnection, { kind: 'prometheus' }>;

/** Queries of many releases share these; Prometheus itself evaluates 20 at a time. */
export const connections = 4;
/** About 200,000 series; more than this in one answer is a mistake. */
const maxResponseSize = 64 * 1024 * 1024;
/** A query that takes too long is given up by the backend itself before it looks as if nobody were there. */
const backendsShare = 0.9;

/** Asks one Prometheus (or what speaks its API). Never rejects. */
export class PrometheusClient {
  /** As messages name it. */
  readonly where: string;
  readonly timeoutMs: number;
  readonly #pool: Pool;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url, auth, caCertificate, timeoutMs }: PrometheusConnection, connect?: Connect) {
    const { origin, pathname } = parse(url);
    const prefix = pathname.replace(/\/+$/, '');
    this.where = `Prometheus at ${origin}${prefix}`;
    this.#path = `${prefix}/api/v1/query`;
    this.timeoutMs = timeoutMs;
    this.#headers = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...authorization(auth),
    };
    const authority = caCertificate === undefined ? {} : { ca: caCertificate };
    this.#pool = new Pool(origin, {
      connections,
      maxResponseSize,
      connect: connecting({ timeout: timeoutMs, ...authority }, connect),
    });
  }

  /** An instant query at an explicit moment, as POST: a long query does not fit into a URL. */
  async query(promql: string, at: Instant): Promise<Answer> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const answer = await orAborted(this.#ask(promql, at, signal), signal).catch((cause: unknown) =>
      signal.aborted ? silence(`no answer within ${this.timeoutMs} ms`) : brokenOff(cause),
    );
    if (answer.kind === 'series') return answer;
    return { ...answer, message: `${this.where}: ${answer.message}` };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #ask(promql: string, at: Instant, signal: AbortSignal): Promise<Answer> {
    const form = new URLSearchParams({
      query: promql,
      time: (at / 1_000).toFixed(3),
      timeout: `${Math.ceil(this.timeoutMs * backendsShare)}ms`,
    });
    const response = await this.#pool.request({
      method: 'POST',
      path: this.#path,
      headers: this.#headers,
      body: form.toString(),
      signal,
    });
    return answerOf(response, await response.body.text());
  }
}

const silence = (message: string): Silence => ({ kind: 'silence', message });

const brokenOff = (cause: unknown): Answer =>
  cause instanceof errors.ResponseExceededMaxSizeError
    ? failure(reasonOf(cause))
    : silence(reasonOf(cause));

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // A host with several addresses fails with an AggregateError that has only a code.
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message || code || cause.name;
}

function parse(url: string): URL {
  if (URL.canParse(url)) return new URL(url);
  throw new CodedError(
    'INVALID_INPUT',
    `"${url}" is not the address of a Prometheus.`,
    'Write it as in "https://prometheus.example:9090", with its path prefix if it has one.',
  );
}

function authorization(auth: PrometheusAuth): Readonly<Record<string, string>> {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'bearer':
      return { authorization: `Bearer ${auth.token}` };
    case 'basic': {
      const pair = Buffer.from(`${auth.username}:${auth.password}`).toString('base64');
      return { authorization: `Basic ${pair}` };
    }
  }
}

/** Prometheus explains errors in JSON; proxies in front of it do not. */
function answerOf({ statusCode, headers }: Dispatcher.ResponseData, text: string): Answer {
  if (statusCode === 401 || statusCode === 403) {
    return failure(`HTTP ${statusCode}, it does not accept the credentials`);
  }
  if (statusCode >= 300 && statusCode < 400) {
    return failure(`HTTP ${statusCode}, it sends to ${String(headers['location'])}; ask there`);
  }
  const json = parseJson(text);
  if (json !== undefined) return inGoodFaith(statusCode, parseAnswer(json));
  return failure(
    `HTTP ${statusCode} with a body that is not JSON; check host and path prefix: ${text.slice(0, 200)}`,
  );
}

/** Series beside a status that says otherwise are nothing to judge by. */
const inGoodFaith = (statusCode: number, answer: Answer): Answer =>
  answer.kind === 'series' && statusCode !== 200 ? failure(`HTTP ${statusCode}`) : answer;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
