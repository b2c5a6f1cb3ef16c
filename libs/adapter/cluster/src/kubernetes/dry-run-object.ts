import type { ApplyOutcome } from '@spillway/application';
import type { Write } from '@spillway/domain-istio';
import type { ApiCall, ApiSession } from './api-session.js';
import { objectPath } from './istio-api.js';
import { fieldManager } from './live-object.js';
import { patched, refusedOrLater } from './written.js';

/** Asks as if it were a real write: schema, rules and webhooks answer, and nothing is stored. */
export async function dryRunObject(
  session: ApiSession,
  write: Exclude<Write, { do: 'remove' }>,
): Promise<ApplyOutcome> {
  const { outcome } = await patched(session, callOf(write), refusedOrLater, undefined);
  return outcome;
}

type Call = Required<Pick<ApiCall, 'path' | 'contentType' | 'body'>>;

const query = `dryRun=All&fieldManager=${fieldManager}&fieldValidation=Strict`;

function callOf(write: Exclude<Write, { do: 'remove' }>): Call {
  if (write.do === 'patch') {
    return {
      path: `${objectPath(write.kind, write.place)}?${query}`,
      contentType: 'application/json-patch+json',
      body: write.operations,
    };
  }
  const { object } = write;
  return {
    path: `${objectPath(object.kind, object.metadata)}?${query}&force=true`,
    contentType: 'application/apply-patch+yaml',
    body: object,
  };
}
