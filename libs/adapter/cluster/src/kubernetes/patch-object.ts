import type { PatchOperation, Write } from '@spillway/domain-istio';
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
 * A JSON Patch that happens only to the expected object, in one call. With a
 * `uid` it is not that of another object of the same name.
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
  const isGone = status === 404;
  return isGone || status === 409 || isFailedTest(refusal)
    ? { kind: 'conflict' }
    : refusedOrLater(refusal);
}

const isFailedTest = ({ status }: ApiRefusal): boolean => status === 422;
