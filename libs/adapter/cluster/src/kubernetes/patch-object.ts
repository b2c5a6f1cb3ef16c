import type { PatchOperation, Write } from '@spillway/domain-istio';
import { InvariantBroken } from '@spillway/kernel';
import type { ApiStatus } from './api-object.js';
import type { ApiSession } from './api-session.js';
import type { ApiRefusal } from './failure.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';
import {
  patched,
  refusedOrLater,
  type NotApplied,
  type PatchCall,
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
  write: PatchWrite,
  uid: string | undefined,
  within?: Patience,
): Promise<Written> {
  const { resourceVersion } = write;
  const expected = { resourceVersion, ...(uid !== undefined && { uid }) };
  return patched(session, patchCall(write, { expected }), outcomeOf, within);
}

type PatchWrite = Extract<Write, { do: 'patch' }>;

interface PatchOptions {
  /** What the object must be; nothing is asked of it without. */
  readonly expected?: Readonly<Record<string, string>>;
  readonly dryRun?: 'All';
}

export function patchCall(
  { kind, place, operations }: PatchWrite,
  { expected = {}, dryRun }: PatchOptions,
): PatchCall {
  const query = new URLSearchParams({
    ...(dryRun && { dryRun }),
    fieldManager,
    fieldValidation: 'Strict',
  });
  const path = `${objectPath(kind, place)}?${query.toString()}`;
  if (kind === 'Deployment') return { path, ...scaleTo(operations, expected) };
  const tests = Object.entries(expected).map(([key, value]): PatchOperation => ({
    op: 'test',
    path: `/metadata/${key}`,
    value,
  }));
  return { path, contentType: 'application/json-patch+json', body: [...tests, ...operations] };
}

/**
 * A Scale of no pods has no field for them (measured on 1.34), so that a JSON Patch
 * would find nothing to replace. What is expected of the object says as much as a test.
 */
function scaleTo(
  operations: readonly PatchOperation[],
  expected: PatchOptions['expected'],
): Omit<PatchCall, 'path'> {
  const change = operations.find(({ op, path }) => op !== 'test' && path === replicasPath);
  if (change === undefined || operations.some(({ path }) => path !== replicasPath)) {
    throw new InvariantBroken('of a Deployment only the number of pods is written');
  }
  const replicas = 'value' in change ? change.value : 0;
  const body = { metadata: expected, spec: { replicas } };
  return { contentType: 'application/merge-patch+json', body };
}

const replicasPath = '/spec/replicas';

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
