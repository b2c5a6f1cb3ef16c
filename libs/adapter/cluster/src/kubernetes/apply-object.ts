import type { IstioObject } from '@spillway/domain-istio';
import type { ApiSession } from './api-session.js';
import type { ApiRefusal } from './failure.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';
import {
  isAbout,
  patched,
  refusedOrLater,
  type NotApplied,
  type Patience,
  type Written,
} from './written.js';

/** The object that must be there for the write to happen; `undefined`: none may be. */
export type Expected = { readonly resourceVersion: string; readonly uid: string } | undefined;

/**
 * Server-side apply that happens only to the expected object, in one call.
 *
 * What the API server makes of the preconditions (measured on 1.34, with force):
 * - a `resourceVersion` that is not the object's: 409. But when the object is
 *   gone, it would be created anew; a `uid` next to it makes that a 409 too.
 * - `resourceVersion` "0": creates, and is a 422 ("must be specified for an
 *   update") when the object exists, even with equal content.
 */
export function applyObject(
  session: ApiSession,
  object: IstioObject,
  expected: Expected,
  within?: Patience,
): Promise<Written> {
  const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
  const call = {
    path: `${objectPath(object.kind, object.metadata)}?${query}`,
    contentType: 'application/apply-patch+yaml',
    body: { ...object, metadata: { ...object.metadata, ...(expected ?? absent) } },
  };
  return patched(session, call, outcomeOf, within);
}

const absent = { resourceVersion: '0' };

/** The uid to expect of an object that was never seen: no object has it. */
export const noUid = '00000000-0000-0000-0000-000000000000';

/** Exported for its tests. */
export function outcomeOf(refusal: ApiRefusal): NotApplied {
  const { status } = refusal;
  const missed = status === 422 && isAbout(refusal, ['metadata.resourceVersion', 'metadata.uid']);
  return status === 409 || missed ? { kind: 'conflict' } : refusedOrLater(refusal);
}
