import type { ApplyOutcome } from '@spillway/application';
import type { Duration } from '@spillway/kernel';
import { asApiObject, type ApiObject, type ApiStatus } from './api-object.js';
import type { ApiCall, ApiSession } from './api-session.js';
import { ApiRefusal, describeFailure } from './failure.js';

/** What a write came to, and the object that is there since. */
export type Written =
  { readonly outcome: { readonly kind: 'applied' }; readonly answer: ApiObject } | NotWritten;

/** `lost`: whether the connection is to blame, rather than an answer of the server. */
export interface NotWritten {
  readonly outcome: NotApplied;
  readonly lost: boolean;
}

export type NotApplied = Exclude<ApplyOutcome, { kind: 'applied' }>;

/** How long to wait for an answer, where that is less than for other calls. */
export type Patience = Duration | undefined;

export type PatchCall = Required<Pick<ApiCall, 'path' | 'contentType' | 'body'>>;

/** Writes by PATCH; `outcomeOf` says what a refusal means. */
export async function patched(
  session: ApiSession,
  call: PatchCall,
  outcomeOf: (refusal: ApiRefusal) => NotApplied,
  within: Patience,
): Promise<Written> {
  try {
    const answer = await session.call({ method: 'PATCH', ...call, ...(within && { within }) });
    return { outcome: { kind: 'applied' }, answer: asApiObject(answer) };
  } catch (error) {
    return notWritten(error, outcomeOf);
  }
}

export function notWritten(
  error: unknown,
  outcomeOf: (refusal: ApiRefusal) => NotApplied,
): NotWritten {
  if (error instanceof ApiRefusal) return { outcome: outcomeOf(error), lost: false };
  return { outcome: { kind: 'unreachable', reason: describeFailure(error).detail }, lost: true };
}

/** A refusal that is no conflict. */
export function refusedOrLater(refusal: ApiRefusal): NotApplied {
  const { status, message: reason } = refusal;
  // With these the server could not do its work now; the object is not to blame.
  const later = status === 401 || status === 408 || status === 429 || status >= 500;
  return later && !misshapen(refusal)
    ? { kind: 'unreachable', reason }
    : { kind: 'refused', reason };
}

/** The API server says 500 to a field that the schema does not have, and to one of a wrong type. */
const misshapen = ({ status, message }: ApiRefusal): boolean =>
  status === 500 && message.startsWith('failed to create typed patch object');

/** Whether the refusal has to do with one of these fields. */
export const isAbout = ({ body }: ApiRefusal, fields: readonly (string | undefined)[]): boolean =>
  ((body as ApiStatus | undefined)?.details?.causes ?? []).some(({ field }) =>
    fields.includes(field),
  );
