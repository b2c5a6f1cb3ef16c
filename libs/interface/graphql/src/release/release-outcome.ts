import type { Release } from '@spillway/domain-release';
import type { ErrorCode, Refusal, Result } from '@spillway/kernel';
import { toReleaseView } from '@spillway/interface-contract';

/** What was to be done: to a release, or to a service that has none yet. */
export type Subject = { readonly release: string } | { readonly service: string };

/** Refusals after which a client has another release to show. */
const types: Partial<Record<ErrorCode, 'ServiceBusy' | 'NotPossibleInPhase'>> = {
  SERVICE_BUSY: 'ServiceBusy',
  NOT_POSSIBLE_IN_PHASE: 'NotPossibleInPhase',
};

/** A release as it is now, or why not. */
export async function releaseOutcome(answer: Promise<Result<Release, Refusal>>, subject: Subject) {
  const result = await answer;
  if (result.ok) {
    return { __typename: 'ReleasePayload' as const, release: toReleaseView(result.value) };
  }
  const __typename = types[result.error.code] ?? ('Refused' as const);
  return { __typename, ...result.error, subject };
}
