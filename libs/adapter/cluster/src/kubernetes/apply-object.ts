import type { ApplyOutcome } from '@spillway/application';
import type { IstioObject } from '@spillway/domain-istio';
import type { Duration } from '@spillway/kernel';
import { asApiObject, type ApiObject, type ApiStatus } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { ApiRefusal, describeFailure } from './failure.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';

/** The object that must be there for the write to happen; `undefined`: none may be. */
export type Expected = { readonly resourceVersion: string; readonly uid: string } | undefined;

/** `lost`: whether the connection is to blame, rather than an answer of the server. */
export type Written =
  | { readonly outcome: { readonly kind: 'applied' }; readonly answer: ApiObject }
  | { readonly outcome: Exclude<ApplyOutcome, { kind: 'applied' }>; readonly lost: boolean };

/**
 * Server-side apply that happens only to the expected object, in one call.
 *
 * What the API server makes of the preconditions (measured on 1.34, with force):
 * - a `resourceVersion` that is not the object's: 409. But when the object is
 *   gone, it would be created anew; a `uid` next to it makes that a 409 too.
 * - `resourceVersion` "0": creates, and is a 422 ("must be specified for an
 *   update") when the object exists, even with equal content.
 */
export async function applyObject(
  session: ApiSession,
  object: IstioObject,
  expected: Expected,
  within?: Duration,
): Promise<Written> {
  const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
  try {
    const answer = await session.call({
      method: 'PATCH',
      path: `${objectPath(object.kind, object.metadata)}?${query}`,
      contentType: 'application/apply-patch+yaml',
      ...(within && { within }),
      body: { ...object, metadata: { ...object.metadata, ...(expected ?? absent) } },
    });
    return { outcome: { kind: 'applied' }, answer: asApiObject(answer) };
  } catch (error) {
    if (error instanceof ApiRefusal) return { outcome: outcomeOf(error), lost: false };
    return { outcome: { kind: 'unreachable', reason: describeFailure(error).detail }, lost: true };
  }
}

const absent = { resourceVersion: '0' };

/** The uid to expect of an object that was never seen: no object has it. */
export const noUid = '00000000-0000-0000-0000-000000000000';

/** Exported for its tests. */
export function outcomeOf(refusal: ApiRefusal): Exclude<ApplyOutcome, { kind: 'applied' }> {
  const { status, message: reason } = refusal;
  if (status === 409 || missedPrecondition(refusal)) return { kind: 'conflict' };
  // With these the server could not do its work now; the object is not to blame.
  const later = status === 401 || status === 408 || status === 429 || status >= 500;
  return later && !misshapen(refusal)
    ? { kind: 'unreachable', reason }
    : { kind: 'refused', reason };
}

const preconditions: readonly (string | undefined)[] = ['metadata.resourceVersion', 'metadata.uid'];

const missedPrecondition = ({ status, body }: ApiRefusal): boolean =>
  status === 422 &&
  ((body as ApiStatus | undefined)?.details?.causes ?? []).some(({ field }) =>
    preconditions.includes(field),
  );

/** The API server says 500 to a field that the schema does not have, and to one of a wrong type. */
const misshapen = ({ status, message }: ApiRefusal): boolean =>
  status === 500 && message.startsWith('failed to create typed patch object');
