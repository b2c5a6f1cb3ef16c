import { Pool, type buildConnector } from 'undici';

/** Opens connections; `undefined` where any address may be connected to. */
export type Connect =
  ((options?: buildConnector.BuildOptions) => buildConnector.connector) | undefined;

/** At the same moment, to one istiod or Envoy. */
export const connections = 8;

/** A route table of a large mesh has a few million characters; more is a mistake. */
const maxResponseSize = 64 * 1024 * 1024;

/** Why there is no answer that can be read. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    readonly statusCode?: number,
  ) {
    super(message);
  }
}

/** GET of JSON from one address. */
export class JsonSource {
  readonly #pool: Pool;
  readonly #prefix: string;

  constructor(
    readonly url: string,
    private readonly timeoutMs: number,
    connect?: Connect,
  ) {
    const { origin, pathname } = new URL(url);
    this.#prefix = pathname.replace(/\/+$/, '');
    // undici hears a signal only once it is connected.
    const opening = { timeout: timeoutMs };
    this.#pool = new Pool(origin, {
      connections,
      maxResponseSize,
      connect: connect?.(opening) ?? opening,
    });
  }

  /** Rejects with `NoAnswer`. Redirects are not followed. */
  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const signal = AbortSignal.timeout(this.timeoutMs);
    const search = new URLSearchParams(query).toString();
    const target = `${this.#prefix}${path}${search === '' ? '' : `?${search}`}`;
    try {
      const { statusCode, body } = await this.#pool.request({
        method: 'GET',
        path: target,
        headers: { accept: 'application/json' },
        signal,
      });
      const text = await body.text();
      if (statusCode !== 200) throw this.#refused(statusCode, text);
      return JSON.parse(text) as unknown;
    } catch (error) {
      throw error instanceof NoAnswer ? error : this.#broken(error, signal);
    }
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  #refused(statusCode: number, text: string): NoAnswer {
    const what = `${this.url} answered HTTP ${statusCode}: ${text.trim().slice(0, 200)}`;
    const isDenied = statusCode === 401 || statusCode === 403;
    // Without a token istiod lets loopback in, and no other address (istio §4.5).
    const hint = isDenied ? '; reach istiod by a port-forward, which is loopback to it' : '';
    return new NoAnswer(what + hint, statusCode);
  }

  #broken(error: unknown, signal: AbortSignal): NoAnswer {
    if (signal.aborted) return new NoAnswer(`${this.url} gave no answer in ${this.timeoutMs} ms`);
    if (error instanceof SyntaxError) return new NoAnswer(`${this.url} gave no JSON`);
    const { message, code } = error as NodeJS.ErrnoException;
    // A host with several addresses fails with an AggregateError that has only a code.
    return new NoAnswer(`${this.url}: ${message || code}`);
  }
}
