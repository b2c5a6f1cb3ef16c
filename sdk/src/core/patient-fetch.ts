import { askedWait, SpillwayUnreachable } from './errors.js';
import { backOff, pause } from './pause.js';

export type Fetch = (request: Request) => Promise<Response>;

export interface Patience {
  readonly fetch: Fetch;
  readonly baseUrl: string;
  /** For one try, to the end of the answer; an event stream to its beginning. */
  readonly timeoutMs: number;
  /** For all tries of a call and the pauses between them: none begins that cannot be over by then. */
  readonly deadlineMs: number;
  /** Tries in all, at least 1. */
  readonly attempts: number;
  readonly backOffMs: number;
  /** Gives up every call. */
  readonly signal?: AbortSignal | undefined;
}

/** Too many requests, and what is said for a server that is away or cannot serve for a moment. */
const comesBack = new Set([429, 502, 503, 504]);

/** What a timer can hold; beyond it, it fires at once. */
const longestTimer = 2_147_483_647;

/** PATCH is not among them: nobody knows whether doing it twice is doing it once. */
const harmless = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'POST']);

/**
 * `fetch` that tries again when nobody answered or the server asks to come
 * back, and only what can be repeated. A POST carries the same
 * `Idempotency-Key` each time, so it has its effect once.
 */
export const patientFetch =
  (patience: Patience): Fetch =>
  async (asked) => {
    const request = withKey(withSignal(asked, patience.signal));
    const attempts = harmless.has(request.method) ? patience.attempts : 1;
    const until = Date.now() + patience.deadlineMs;
    let isUncertain = false;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await once(request, patience, until);
      const settled = settle(outcome, request, isUncertain);
      if (settled !== undefined) return settled;
      request.signal.throwIfAborted();
      const wait = waitAfter(outcome, attempt, patience);
      if (attempt + 1 >= attempts || Date.now() + wait >= until) return lastWord(outcome, patience);
      isUncertain ||= !(outcome instanceof Response) || outcome.status !== 429;
      await pause(wait, request.signal);
    }
  };

type Outcome = Response | { readonly cause: unknown };

/** The answer, when it is one to live with. */
function settle(outcome: Outcome, { method }: Request, isUncertain: boolean): Response | undefined {
  if (!(outcome instanceof Response) || comesBack.has(outcome.status)) return undefined;
  // The try before had its effect, and its answer got lost: it is gone, as was asked.
  const isGone = method === 'DELETE' && outcome.status === 404 && isUncertain;
  return isGone ? new Response(null, { status: 204 }) : outcome;
}

function lastWord(outcome: Outcome, { baseUrl }: Patience): Response {
  if (outcome instanceof Response) return outcome;
  throw new SpillwayUnreachable(baseUrl, { cause: outcome.cause });
}

/** As long as the server asks; it is never asked sooner. */
const waitAfter = (outcome: Outcome, attempt: number, { backOffMs }: Patience): number =>
  (outcome instanceof Response ? askedWait(outcome.headers) : undefined) ??
  backOff(attempt, backOffMs);

const withSignal = (request: Request, signal: AbortSignal | undefined): Request =>
  signal === undefined
    ? request
    : new Request(request, { signal: AbortSignal.any([request.signal, signal]) });

function withKey(request: Request): Request {
  if (request.method !== 'POST' || request.headers.has('idempotency-key')) return request;
  request.headers.set('idempotency-key', crypto.randomUUID());
  return request;
}

/** One try. The body is read here too: an answer that breaks off is no answer. */
async function once(
  request: Request,
  { fetch, timeoutMs, deadlineMs }: Patience,
  until: number,
): Promise<Outcome> {
  const left = until - Date.now();
  const [ms, limit] = left < timeoutMs ? [left, deadlineMs] : [timeoutMs, timeoutMs];
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${limit} ms`)),
    Math.min(ms, longestTimer),
  );
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
