import type { PatchOperation, Write } from '@spillway/domain-istio';
import type { ApiStatus } from './api-object.js';
import type { ApiSession } from './api-session.js';
import type { ApiRefusal } from './failure.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';
import {
  patched,
  refusedOrLater,
  type NotApplied,
  type Patience,
  type Written,
} from './written.js';

/**
 * A JSON Patch that happens only to the expected object, in one call.
 *
 * What the API server makes of it (measured on 1.34): a test that fails and a place
 * that is not there are both a 422 without a cause, in words that say nothing; what
 * the schema does not allow is a 422 with causes; an object that is gone is a 404.
 */
export function patchObject(
  session: ApiSession,
  { kind, place, operations, resourceVersion }: Extract<Write, { do: 'patch' }>,
  uid: string | undefined,
  within?: Patience,
): Promise<Written> {
  const tests: readonly PatchOperation[] = [
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    ...(uid === undefined ? [] : [{ op: 'test', path: '/metadata/uid', value: uid } as const]),
  ];
  const call = {
    path: `${objectPath(kind, place)}?fieldManager=${fieldManager}&fieldValidation=Strict`,
    contentType: 'application/json-patch+json',
    body: [...tests, ...operations],
  };
  return patched(session, call, outcomeOf, within);
}

/** Exported for its tests. */
export function outcomeOf(refusal: ApiRefusal): NotApplied {
  const { status } = refusal;
  const isOther = status === 404 || status === 409 || doesNotFit(refusal);
  return isOther ? { kind: 'conflict' } : refusedOrLater(refusal);
}

/** Admission controllers may say 422 too, but in words of their own. */
const doesNotFit = ({ status, body }: ApiRefusal): boolean =>
  status === 422 &&
  (body as ApiStatus | undefined)?.details?.causes === undefined &&
  (body as ApiStatus | undefined)?.message?.startsWith('the server rejected our request') === true;
