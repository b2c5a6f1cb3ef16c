import {
  approve,
  reject,
  type Judgement,
  type Release,
  type ReleaseFact,
} from '@spillway/domain-release';
import { ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { Caller } from '../../access/caller.js';
import { change } from '../change.js';
import type { UseCaseDeps } from '../deps.js';
import { notFound } from '../not-found.js';
import type { JudgeRelease, UseCases } from '../use-cases.js';
import { judgementOf } from './judgement-of.js';
import { noteFacts } from './note-facts.js';

/** Counts at once; the release goes on, or not, with its next decision. */
export const approveRelease =
  (deps: UseCaseDeps): UseCases['approveRelease'] =>
  (input, caller) =>
    judge(
      deps,
      { operation: 'approveRelease', input, caller },
      'approved',
      (release, judgement, now) => {
        const fact = approve(release, judgement, now);
        return fact.ok ? ok(fact.value === undefined ? [] : [fact.value]) : fact;
      },
    );

/** The writes of a rollback are queued right here, so they wait for no decision. */
export const rejectRelease =
  (deps: UseCaseDeps): UseCases['rejectRelease'] =>
  (input, caller) =>
    judge(deps, { operation: 'rejectRelease', input, caller }, 'rejected', reject);

interface Wanted {
  readonly operation: 'approveRelease' | 'rejectRelease';
  readonly input: JudgeRelease;
  readonly caller: Caller;
}

const judge = (
  deps: UseCaseDeps,
  { operation, input, caller }: Wanted,
  word: string,
  factsOf: (
    release: Release,
    judgement: Judgement,
    now: Parameters<typeof approve>[2],
  ) => Result<readonly ReleaseFact[], Refusal>,
): ReturnType<UseCases['approveRelease']> =>
  change(deps, { operation, input, caller }, async (tx) => {
    const release = await tx.releases.lock(input.release);
    if (release === undefined) return refuse(notFound('UNKNOWN_RELEASE', input.release));
    const subject = `release ${release.id}`;
    const facts = factsOf(release, await judgementOf(tx, release, input, caller), tx.now);
    if (!facts.ok) return facts;
    if (facts.value.length === 0) return ok({ value: release, subject, isRepeated: true as const });
    const { actor } = caller;
    const because = `${word} by ${actor}${input.comment === '' ? '' : `: ${input.comment}`}`;
    const next = await noteFacts(tx, release, facts.value, { because, actor });
    return ok({ value: next, subject, before: release, after: next });
  });
