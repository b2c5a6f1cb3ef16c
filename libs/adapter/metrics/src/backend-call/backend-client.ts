import { orAborted, type Clock } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import { Pool, errors } from 'undici';
import { meaningOfStatus, type BackendReply, type Dialect } from './dialect.js';
import { explain } from './explain.js';
import { blotOut, type OpenedSecret } from './secrets.js';
import { failure, type SourceError } from './source-answer.js';
import { connecting, type Connect } from './source-deps.js';

export interface BackendCall {
  readonly method: 'GET' | 'POST';
  /** Below the backend's address; begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** All that this call carries, in every form: named when refused, and blotted out of messages. */
  readonly secrets: readonly OpenedSecret[];
}

export interface BackendClientOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly dialect: Dialect;
  readonly clock: Clock;
  readonly connect?: Connect;
}

const connections = 4;
/** One number takes some hundred bytes; more than this is a query that asks for something else. */
export const maxResponseSize = 4 * 1024 * 1024;
/** Of what a backend says, as much as somebody reads. */
const maxMessage = 400;

/**
 * Calls one backend over HTTP. Never rejects: what is no good answer comes back as an error for a
 * person, without any credential. Follows no redirect, for it would show the credentials there.
 */
export class BackendClient {
  readonly #options: BackendClientOptions;
  readonly #origin: string;
  readonly #prefix: string;
  readonly #pool: Pool;

  constructor(options: BackendClientOptions) {
    const { origin, pathname } = parseAddress(options.url, options.dialect);
    this.#options = options;
    this.#origin = origin;
    this.#prefix = pathname.replace(/\/+$/, '');
    const connect = connecting({ timeout: options.timeoutMs }, options.connect);
    this.#pool = new Pool(origin, { connections, maxResponseSize, connect });
  }

  /** Whatever content the backend answers with. */
  async ask(call: BackendCall): Promise<BackendReply | SourceError> {
    const { dialect, clock, timeoutMs } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const reply = await orAborted(this.#send(call, signal), signal);
      const meaning = dialect.meaningOf?.(reply) ?? meaningOfStatus(reply.status);
      if (meaning === 'good') return reply;
      const context = { dialect, secrets: call.secrets, now: clock.now() };
      return this.tell(explain(reply, meaning, context), call.secrets);
    } catch (cause) {
      const reason = signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(cause);
      return this.tell(failure(reason), call.secrets);
    }
  }

  /** `ask` where the answer has to be JSON. */
  async askJson(call: BackendCall): Promise<BackendReply | SourceError> {
    const reply = await this.ask(call);
    if (reply.kind === 'error' || reply.json !== undefined) return reply;
    return this.tell(failure(notJson(reply)), call.secrets);
  }

  /** Says who it is that fails, and nothing that is secret. */
  tell({ message, ...rest }: SourceError, secrets: readonly OpenedSecret[]): SourceError {
    const safe = blotOut(message, secrets).replaceAll(/\s+/g, ' ');
    const short = safe.length > maxMessage ? `${safe.slice(0, maxMessage)}…` : safe;
    const where = `${this.#options.dialect.name} at ${this.#origin}${this.#prefix}`;
    return { ...rest, message: `${where}: ${short}` };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #send(call: BackendCall, signal: AbortSignal): Promise<BackendReply> {
    const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query).toString()}`;
    const { statusCode, headers, body } = await this.#pool.request({
      method: call.method,
      path: `${this.#prefix}${call.path}${query}`,
      headers: { accept: 'application/json', 'user-agent': 'spillway', ...call.headers },
      signal,
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const text = await body.text();
    return { kind: 'reply', status: statusCode, headers, text, json: parseJson(text) };
  }
}

function parseAddress(url: string, { name }: Dialect): URL {
  const parsed = /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined) {
    throw new CodedError(
      'INVALID_INPUT',
      `"${url}" is not the address of ${name}.`,
      'Write it with its scheme, as in "https://metrics.example", and its path prefix if any.',
    );
  }
  if (parsed.username === '' && parsed.password === '') return parsed;
  throw new CodedError(
    'INVALID_INPUT',
    `The address of ${name} at ${parsed.host} holds a user name or a password.`,
    'Leave it out, and name a secret.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson({ status, text }: BackendReply): string {
  const content = text.trim();
  if (content === '') return `HTTP ${status} with no body where JSON was expected`;
  if (/^[{[]/.test(content)) {
    return `HTTP ${status} with JSON that breaks off after ${text.length} characters`;
  }
  return `HTTP ${status} with a body that is not JSON; check host and path prefix: ${content}`;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof errors.ResponseExceededMaxSizeError) {
    return `the answer is larger than ${maxResponseSize / 1024 / 1024} MiB; ask for one number`;
  }
  if (!(cause instanceof Error)) return String(cause);
  // A host with several addresses fails with an AggregateError that has only a code.
  const { code } = cause as NodeJS.ErrnoException;
  const reason = cause.message || code || cause.name;
  return cause instanceof errors.SocketError ? `the answer broke off (${reason})` : reason;
}
