import type { ApplyOutcome } from '@spillway/application';
import type { EgressWrite } from '@spillway/domain-egress';
import type { PatchOperation } from '@spillway/domain-istio';
import type { ApiCall, ApiSession } from '../api-session.js';
import { noUid, outcomeOf as outcomeOfApply } from '../apply-object.js';
import { ApiRefusal } from '../failure.js';
import { fieldManager } from '../live-object.js';
import { outcomeOf as outcomeOfPatch } from '../patch-object.js';
import { notWritten, patched, refusedOrLater } from '../written.js';
import { egressPath } from './list-egress.js';

/**
 * Carries out a write in one call. `uid` is that of the object that was looked at:
 * without it, server-side apply would make an object anew that is gone.
 */
export async function writeEgress(
  session: ApiSession,
  write: EgressWrite,
  uid: string | undefined,
): Promise<ApplyOutcome> {
  if (write.do === 'remove') return remove(session, write, uid);
  const isApply = write.do === 'apply';
  const call = isApply ? applyCall(write, uid) : patchCall(write);
  const outcomeOf = isApply ? outcomeOfApply : outcomeOfPatch;
  return (await patched(session, call, outcomeOf, undefined)).outcome;
}

type Call = Required<Pick<ApiCall, 'path' | 'contentType' | 'body'>>;

const query = `fieldManager=${fieldManager}&fieldValidation=Strict`;

function applyCall(
  { object, resourceVersion }: Extract<EgressWrite, { do: 'apply' }>,
  uid: string = noUid,
): Call {
  // "0" is the version of what does not exist yet.
  const expected =
    resourceVersion === undefined ? { resourceVersion: '0' } : { resourceVersion, uid };
  return {
    path: `${egressPath(object.kind, object.metadata)}?${query}&force=true`,
    contentType: 'application/apply-patch+yaml',
    body: { ...object, metadata: { ...object.metadata, ...expected } },
  };
}

function patchCall({
  place,
  operations,
  resourceVersion,
}: Extract<EgressWrite, { do: 'patch' }>): Call {
  const test: PatchOperation = {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: resourceVersion,
  };
  return {
    path: `${egressPath(place.kind, place)}?${query}`,
    contentType: 'application/json-patch+json',
    body: [test, ...operations],
  };
}

async function remove(
  session: ApiSession,
  { place, resourceVersion }: Extract<EgressWrite, { do: 'remove' }>,
  uid: string | undefined,
): Promise<ApplyOutcome> {
  try {
    await session.call({
      method: 'DELETE',
      path: egressPath(place.kind, place),
      body: { preconditions: { resourceVersion, ...(uid !== undefined && { uid }) } },
    });
    return { kind: 'applied' };
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return { kind: 'applied' };
    return notWritten(error, (refusal) =>
      refusal.status === 409 ? { kind: 'conflict' } : refusedOrLater(refusal),
    ).outcome;
  }
}
