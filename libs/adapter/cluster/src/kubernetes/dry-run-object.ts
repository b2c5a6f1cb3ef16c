import type { ApplyOutcome } from '@spillway/application';
import type { Write } from '@spillway/domain-istio';
import { expectObject } from './api-object.js';
import type { ApiSession } from './api-session.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';
import { patchCall } from './patch-object.js';
import { notWritten, refusedOrLater, type PatchCall } from './written.js';

/** Asks as if it were a real write: schema, rules and webhooks answer, and nothing is stored. */
export async function dryRunObject(
  session: ApiSession,
  write: Exclude<Write, { do: 'remove' }>,
): Promise<ApplyOutcome> {
  try {
    expectObject(await session.call({ method: 'PATCH', ...callOf(write) }));
    return { kind: 'applied' };
  } catch (error) {
    return notWritten(error, refusedOrLater).outcome;
  }
}

function callOf(write: Exclude<Write, { do: 'remove' }>): PatchCall {
  if (write.do === 'patch') return patchCall(write, { dryRun: 'All' });
  const { object } = write;
  const query = `dryRun=All&fieldManager=${fieldManager}&force=true&fieldValidation=Strict`;
  return {
    path: `${objectPath(object.kind, object.metadata)}?${query}`,
    contentType: 'application/apply-patch+yaml',
    body: object,
  };
}
