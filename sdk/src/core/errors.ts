import type { ErrorCode, Problem } from '../types.js';

/** One field that was wrong. */
export interface FieldError {
  /** Where, such as `steps[2].setWeight`. */
  readonly field: string;
  /** What was wrong with it. */
  readonly message: string;
}

/** What an answer with an error status says, as far as it says it. */
export interface Refusal {
  readonly status: number;
  /** Stable. `UNEXPECTED_ANSWER`: what answered is not Spillway, such as a proxy on the way. */
  readonly code: ErrorCode | 'UNEXPECTED_ANSWER';
  readonly detail: string;
  readonly next: string;
  readonly field?: string | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly requestId?: string | undefined;
  /** The page that explains the code, where the server names one. */
  readonly docs?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/**
 * Spillway said no, or answered what nobody foresaw. Its subclasses say what
 * kind of no; `code` says which one, and `hasCode` narrows it. A newer server may
 * send a code that this SDK does not know, so leave room for others.
 */
export class SpillwayError extends Error {
  override readonly name: string = 'SpillwayError';
  readonly status: number;
  readonly code: Refusal['code'];
  /** What was wrong with which value. */
  readonly detail: string;
  /** What can be done. */
  readonly next: string;
  /** The field that was wrong, such as `steps[2].setWeight`; the first, where there are several. */
  readonly field: string | undefined;
  /** Every field that was wrong. */
  readonly errors: readonly FieldError[];
  /** Find the request in the server’s log by it. */
  readonly requestId: string | undefined;
  /** The page that explains the code. */
  readonly docs: string | undefined;
  /** When the server asked to come back. */
  readonly retryAfterMs: number | undefined;

  constructor(refusal: Refusal) {
    super(`${refusal.detail} ${refusal.next}`.trim());
    this.status = refusal.status;
    this.code = refusal.code;
    this.detail = refusal.detail;
    this.next = refusal.next;
    this.errors = refusal.errors ?? soleError(refusal);
    this.field = refusal.field ?? this.errors[0]?.field;
    this.requestId = refusal.requestId;
    this.docs = refusal.docs;
    this.retryAfterMs = refusal.retryAfterMs;
  }
}

const soleError = ({ field, detail }: Refusal): readonly FieldError[] =>
  field === undefined ? [] : [{ field, message: detail }];

/** The request cannot be meant so: 400, 413, 415 and 422. `errors` names each field. */
export class InvalidRequest extends SpillwayError {
  override readonly name = 'InvalidRequest';
}

/** The token is missing, wrong, expired or revoked: 401. */
export class Unauthenticated extends SpillwayError {
  override readonly name = 'Unauthenticated';
}

/** The token is good, but not for this: 403. */
export class Forbidden extends SpillwayError {
  override readonly name = 'Forbidden';
}

/** It is not there, or not for this token to see: 404. */
export class NotFound extends SpillwayError {
  override readonly name = 'NotFound';
}

/** It does not go together with what is there now: 409, and 412 for a stale `If-Match`. */
export class Conflict extends SpillwayError {
  override readonly name = 'Conflict';
}

/** Too many requests: 429, after the retries. `retryAfterMs` says when to come back. */
export class RateLimited extends SpillwayError {
  override readonly name = 'RateLimited';
}

/** The server or what stands before it failed: 5xx, after the retries where these are safe. */
export class ServerFault extends SpillwayError {
  override readonly name = 'ServerFault';
}

/** Nobody answered, though it was tried more than once. The call may or may not have had its effect. */
export class SpillwayUnreachable extends Error {
  override readonly name = 'SpillwayUnreachable';

  constructor(
    readonly baseUrl: string,
    options: { cause: unknown },
  ) {
    super(
      `Spillway at ${baseUrl} does not answer: ${reasonIn(options.cause)}. Check the address and that it runs.`,
      options,
    );
  }
}

/**
 * Whether something that was thrown is a no of Spillway with one of these codes.
 *
 * ```ts
 * if (hasCode(error, 'SERVICE_BUSY')) console.log(error.next);
 * ```
 */
export const hasCode = <Code extends SpillwayError['code']>(
  thrown: unknown,
  ...codes: readonly Code[]
): thrown is SpillwayError & { readonly code: Code } =>
  thrown instanceof SpillwayError && (codes as readonly string[]).includes(thrown.code);

/** fetch says "fetch failed" and hides why in its cause. */
function reasonIn(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  return cause instanceof Error && cause.message !== '' ? cause.message : thrown.message;
}

const classes: Readonly<Record<number, typeof SpillwayError>> = {
  400: InvalidRequest,
  401: Unauthenticated,
  403: Forbidden,
  404: NotFound,
  409: Conflict,
  412: Conflict,
  413: InvalidRequest,
  415: InvalidRequest,
  422: InvalidRequest,
  429: RateLimited,
};

const classOf = (status: number): typeof SpillwayError =>
  classes[status] ?? (status >= 500 ? ServerFault : SpillwayError);

const isProblem = (body: unknown): body is Problem & Pick<Refusal, 'errors' | 'docs'> =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'next' in body;

/** What an answer with an error status says. */
export function errorIn(response: Response, body: unknown): SpillwayError {
  const { status } = response;
  const told = isProblem(body) ? body : strangersAnswer(status);
  const requestId = told.requestId ?? response.headers.get('x-request-id') ?? undefined;
  const retryAfterMs = askedWait(response.headers);
  return new (classOf(status))({ ...told, requestId, retryAfterMs });
}

const strangersAnswer = (status: number): Refusal => ({
  status,
  code: 'UNEXPECTED_ANSWER',
  detail: `The answer has status ${status} and is not one of Spillway.`,
  next: 'Check the address, and what stands between you and the server.',
});

/** `Retry-After`, in seconds or as a date. */
export function askedWait(headers: Headers): number | undefined {
  const asked = headers.get('retry-after')?.trim();
  if (asked === undefined || asked === '') return undefined;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
