import { SpillwayUnreachable } from './errors.js';
import { backOff, pause } from './pause.js';

export type Fetch = (request: Request) => Promise<Response>;

export interface Patience {
  readonly fetch: Fetch;
  readonly baseUrl: string;
  /** For one try, to the end of the answer; an event stream to its beginning. */
  readonly timeoutMs: number;
  /** Tries in all, at least 1. */
  readonly attempts: number;
  readonly backOffMs: number;
}

const comesBack = new Set([502, 503, 504]);
const longestWait = 30_000;

/**
 * `fetch` that tries again when nobody answered or the server asks to come
 * back. A POST carries the same `Idempotency-Key` each time, so it has its
 * effect once. A DELETE is tried once: its repetition would say "not found".
 */
export const patientFetch =
  (patience: Patience): Fetch =>
  async (request) => {
    const keyed = withKey(request);
    const attempts = request.method === 'DELETE' ? 1 : patience.attempts;
    for (let attempt = 0; ; attempt += 1) {
      const last = attempt + 1 >= attempts;
      const outcome = await once(keyed, patience);
      if (outcome instanceof Response) {
        if (last || !comesBack.has(outcome.status)) return outcome;
        const wait = askedWait(outcome) ?? backOff(attempt, patience.backOffMs);
        await pause(wait, request.signal);
        continue;
      }
      request.signal.throwIfAborted();
      if (last) throw new SpillwayUnreachable(patience.baseUrl, { cause: outcome.cause });
      await pause(backOff(attempt, patience.backOffMs), request.signal);
    }
  };

function withKey(request: Request): Request {
  if (request.method !== 'POST' || request.headers.has('idempotency-key')) return request;
  request.headers.set('idempotency-key', crypto.randomUUID());
  return request;
}

/** Seconds, as `Retry-After` of Spillway has them; a date means our own back-off. */
function askedWait(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, longestWait) : undefined;
}

/** One try. The body is read here too: an answer that breaks off is no answer. */
async function once(
  request: Request,
  { fetch, timeoutMs }: Patience,
): Promise<Response | { readonly cause: unknown }> {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Error(`no answer within ${timeoutMs} ms`));
  }, timeoutMs);
  const signal = AbortSignal.any([request.signal, controller.signal]);
  try {
    const response = await fetch(new Request(request.clone(), { signal }));
    return isStream(response) ? response : await whole(response);
  } catch (cause) {
    return { cause };
  } finally {
    clearTimeout(timer);
  }
}

export const isStream = (response: Response): boolean =>
  response.headers.get('content-type')?.startsWith('text/event-stream') === true;

async function whole(response: Response): Promise<Response> {
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, { status, headers });
}
