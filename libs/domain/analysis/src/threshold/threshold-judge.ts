import { after, formatDuration } from '@spillway/kernel';
import { isNoData } from './classify.js';
import { looks, tally, type Look } from './evidence.js';
import type { Judge, MetricCase } from '../judge.js';
import { describeBounds, describeCount, describeValue } from './sentence.js';
import type { Evidence, Verdict } from '../verdict.js';

/**
 * Holds each measurement against the metric's bounds.
 *
 * - `fail`: more failed than `failureLimit`. Looked at first: no later good
 *   measurement hides it.
 * - `inconclusive`: more queries in a row went wrong than `consecutiveErrorLimit`, or more
 *   measurements than `inconclusiveLimit` said nothing.
 * - `pass`: `count` measurements that say something.
 * - `noData`: the newest ones have no data and the policy is to hold. Its
 *   deadline counts from the first of them.
 * - `running`: otherwise.
 */
export const judgeByThreshold: Judge = (given) => {
  const seen = looks(given);
  const evidence = tally(given, seen);
  return (
    failing(given, evidence) ??
    notAnswering(given, evidence) ??
    sayingNothing(given, evidence) ??
    (isBlind(given, seen) ? undefined : passing(given, evidence)) ??
    waitingForData(given, seen, evidence) ?? {
      kind: 'running',
      because: `${subject(evidence)}: ${describeCount(conclusive(given, evidence), given.spec.count)}`,
      evidence,
    }
  );
};

const subject = ({ metric, cluster }: Evidence): string => `${metric} in ${cluster}`;
const withoutData = ({ empty, belowMinSample, notANumber }: Evidence): number =>
  empty + belowMinSample + notANumber;

const failures = ({ spec }: MetricCase, evidence: Evidence): number =>
  evidence.failed + (spec.noData.kind === 'fail' ? withoutData(evidence) : 0);

const conclusive = ({ spec }: MetricCase, evidence: Evidence): number =>
  evidence.passed + evidence.failed + (spec.noData.kind === 'hold' ? 0 : withoutData(evidence));

function failing(given: MetricCase, evidence: Evidence): Verdict | undefined {
  const failed = failures(given, evidence);
  if (failed <= given.spec.failureLimit) return undefined;
  const missing =
    failed > evidence.failed ? `, ${failed - evidence.failed} of them without data` : '';
  return {
    kind: 'fail',
    because:
      `${subject(evidence)}: ${failed} of ${evidence.measured} measurements failed${missing}, ` +
      `${describeValue(given.spec, evidence)}${describeBounds(given.spec)}, ` +
      `${given.spec.failureLimit} may fail`,
    evidence,
  };
}

function notAnswering(given: MetricCase, evidence: Evidence): Verdict | undefined {
  if (evidence.consecutiveErrors <= given.spec.consecutiveErrorLimit) return undefined;
  const { reading } = given.measurements.at(-1) ?? {};
  const message = reading?.kind === 'error' ? reading.message : 'no answer';
  return {
    kind: 'inconclusive',
    because: `${subject(evidence)}: ${evidence.consecutiveErrors} queries in a row went wrong: ${message}`,
    evidence,
  };
}

function sayingNothing({ spec }: MetricCase, evidence: Evidence): Verdict | undefined {
  const { inconclusiveLimit: limit } = spec;
  const silent = withoutData(evidence);
  if (limit === undefined || silent <= limit) return undefined;
  return {
    kind: 'inconclusive',
    because: `${subject(evidence)}: ${silent} of ${evidence.measured} measurements said nothing, ${limit} may`,
    evidence,
  };
}

/** The newest measurements had no data for as long as the metric may wait: what was before says nothing of now. */
function isBlind({ spec }: MetricCase, seen: readonly Look[]): boolean {
  const first = firstWithoutData(seen);
  const last = seen.at(-1);
  if (spec.noData.kind !== 'hold' || first === undefined || last === undefined) return false;
  return last.measurement.to >= after(first.measurement.to, spec.noData.deadline);
}

/** Of the newest measurements without data the first. A query that went wrong says neither that there was data nor that there was none. */
function firstWithoutData(seen: readonly Look[]): Look | undefined {
  const answered = seen.filter(({ outcome }) => outcome !== 'error');
  return answered[answered.findLastIndex(({ outcome }) => !isNoData(outcome)) + 1];
}

function passing(given: MetricCase, evidence: Evidence): Verdict | undefined {
  if (conclusive(given, evidence) < given.spec.count) return undefined;
  return {
    kind: 'pass',
    because:
      `${subject(evidence)}: ${evidence.passed} of ${evidence.measured} measurements passed, ` +
      `${describeValue(given.spec, evidence)}${describeBounds(given.spec)}`,
    evidence,
  };
}

function waitingForData(
  { spec }: MetricCase,
  seen: readonly Look[],
  evidence: Evidence,
): Verdict | undefined {
  if (spec.noData.kind !== 'hold') return undefined;
  const first = firstWithoutData(seen);
  if (first === undefined) return undefined;
  const { deadline, then } = spec.noData;
  return {
    kind: 'noData',
    because:
      `${subject(evidence)}: ${whyNoData(first, spec.minSample)}; ` +
      `${then === 'pause' ? 'pauses' : 'rolls back'} when it lasts ${formatDuration(deadline)}`,
    until: after(first.measurement.to, deadline),
    then,
    evidence,
  };
}

function whyNoData({ outcome, measurement }: Look, minSample: number): string {
  const { reading } = measurement;
  if (outcome === 'belowMinSample' && reading.kind === 'value') {
    return `${Math.round(reading.candidate.requests ?? 0)} requests in the window, ${minSample} are needed`;
  }
  return outcome === 'notANumber' ? 'the answer is not a number' : 'no samples';
}
