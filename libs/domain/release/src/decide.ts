import type { Judge, Verdict } from '@spillway/domain-analysis';
import { earliest, type Instant } from '@spillway/kernel';
import { judgeAll } from './analysis.js';
import { blocker, deadCandidate } from './blockers.js';
import { act, wait, type Decision } from './decision.js';
import { awaitGate } from './gate/at-gate.js';
import { rollbackAsked } from './gate/rollback-gate.js';
import { voidedApprovals } from './gate/voided.js';
import { hookHarm } from './hook/hook-harm.js';
import { clustersOfHold, type HoldReason } from './hold.js';
import { routingNews } from './news.js';
import type { Observation } from './observation.js';
import { isFinal } from './phase.js';
import { prepare, startPreparing, unapplied } from './prepare.js';
import { progress } from './progress.js';
import { bake, promote } from './promote.js';
import { runningPhase, type Release } from './release.js';
import { abortFact, finishRollback } from './rollback.js';
import { takeBack } from './take-back.js';

/**
 * The only place where a release moves by itself. Pure: what it may look at is
 * in its arguments. Gives one fact at a time; ask again with the evolved release
 * until it waits.
 *
 * In this order: what clusters report, harm, what stands in the way, the plan.
 */
export function decide(release: Release, seen: Observation, judge: Judge, now: Instant): Decision {
  if (isFinal(release.phase)) return wait('it is over');
  if (release.phase === 'queued') return wait(release.because);
  const news = routingNews(release, seen, now);
  if (news !== undefined) return news;
  if (release.phase === 'rollingBack') return finishRollback(release, seen);

  const dead = deadCandidate(release, seen);
  if (dead !== undefined) return act(takeBack(release, dead.cluster), dead.because);
  const asked = hookHarm(release, seen) ?? rollbackAsked(release, seen);
  if (asked !== undefined) return act(abortFact(release), asked);
  if (release.phase === 'paused') return endPause(release, now);

  const verdicts = judgeAll(release, seen, judge, now);
  const failed = verdicts.find(({ kind }) => kind === 'fail');
  if (failed !== undefined) {
    return act(takeBack(release, failed.evidence.cluster, verdicts), failed.because);
  }
  return holdOrGoOn(release, seen, verdicts, now);
}

function endPause({ paused, because }: Release, now: Instant): Decision {
  if (paused?.until === undefined) return wait(because);
  if (paused.until > now) return wait(because, paused.until);
  return act({ type: 'resumed' }, 'the pause is over');
}

function holdOrGoOn(
  release: Release,
  seen: Observation,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision {
  const first = endOfPatience(release, verdicts, now) ?? voidedApprovals(release, seen);
  if (first !== undefined) return first;
  const reason = blocker(release, seen) ?? silence(verdicts);
  if (reason !== undefined) return hold(release, reason, verdicts);

  const next = goOn(release, seen, verdicts, now);
  if ('hold' in next) return hold(release, next.hold, verdicts);
  // The plan decides what is next; a release that was held says first that it is not any more.
  if (release.held === undefined) return next;
  // Without the read-back of a cluster nobody knows whether what held it still does.
  if (next.kind === 'wait' && unapplied(release, seen).length > 0) return next;
  return act({ type: 'released' }, 'nothing stands in the way');
}

/** What the plan says, as if nothing was held. */
function goOn(
  release: Release,
  seen: Observation,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | { readonly hold: HoldReason } {
  const phase = runningPhase(release);
  if (phase === 'pending') return startPreparing(release, seen);
  if (phase === 'preparing') return prepare(release, seen, now);
  if (phase === 'awaitingApproval') return awaitGate(release, seen, now);
  if (phase === 'progressing') return progress(release, seen, verdicts, now);
  if (phase === 'promoting') return promote(release, seen, now);
  return bake(release, seen, verdicts, now);
}

/** A metric had no data for as long as its policy allows. */
function endOfPatience(
  release: Release,
  verdicts: readonly Verdict[],
  now: Instant,
): Decision | undefined {
  const over = verdicts.find((verdict) => verdict.kind === 'noData' && verdict.until <= now);
  if (over?.kind !== 'noData') return undefined;
  return over.then === 'rollback'
    ? act(takeBack(release, over.evidence.cluster, verdicts), over.because)
    : act({ type: 'paused' }, over.because);
}

function silence(verdicts: readonly Verdict[]): HoldReason | undefined {
  const found = verdicts.find(({ kind }) => kind in silent);
  if (found === undefined) return undefined;
  const { cluster } = found.evidence;
  return { kind: silent[found.kind as keyof typeof silent], cluster, detail: found.because };
}

/** Verdicts that hold a release, and as what. */
const silent = {
  splitNotInForce: 'splitNotInForce',
  noData: 'noData',
  inconclusive: 'metricsFailing',
} as const satisfies Partial<Record<Verdict['kind'], HoldReason['kind']>>;

function hold(release: Release, reason: HoldReason, verdicts: readonly Verdict[]): Decision {
  const deadlines = verdicts.flatMap((verdict) =>
    verdict.kind === 'noData' ? [verdict.until] : [],
  );
  const ends = reason.kind === 'frozen' ? [...deadlines, reason.until] : deadlines;
  if (release.held !== undefined && isSameHold(release.held.reason, reason)) {
    return wait(reason.detail, earliest(ends));
  }
  return act({ type: 'held', reason }, reason.detail);
}

/** The wording may change from look to look (counts, time-outs); that is no news. */
const isSameHold = (a: HoldReason, b: HoldReason): boolean =>
  a.kind === b.kind && subject(a) === subject(b);

const subject = (reason: HoldReason): string =>
  [
    ...clustersOfHold(reason),
    ...(reason.kind === 'frozen' ? reason.windows : []),
    ...('hook' in reason ? [reason.hook] : []),
  ].join();
