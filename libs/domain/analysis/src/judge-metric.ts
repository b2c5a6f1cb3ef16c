import { duration, instant } from '@spillway/kernel';
import { compare, type Compared } from './compare/compare.js';
import type { Judge, MetricCase } from './judge.js';
import { measuredSince } from './metric/schedule.js';
import { judgeByThreshold } from './threshold/threshold-judge.js';
import type { Verdict } from './verdict.js';

/**
 * The verdict on one metric in one cluster: its bounds, and beside them the comparison with stable
 * where the metric asks for one. Evidence of harm is not turned into `fail` here but by
 * `weighEvidence`, which knows the other clusters, steps and metrics; only `kayenta`, which keeps
 * no α, fails at once.
 *
 * Passes when what the judge asks for was there to be compared. Where there was nothing of both
 * versions, data are missing, which a metric may ignore.
 */
export const judgeMetric: Judge = (given, now) => {
  const bounded = judgeByThreshold(given, now);
  const { spec, measurements, since, comparedSince = since, alpha = 0.01 } = given;
  if (spec.judge === undefined) return bounded;
  const counted = measuredSince(measurements, instant(Math.max(since, comparedSince)));
  const compared = compare(counted, spec.judge, { spec, alpha, ...circumstancesOf(given) });
  return compared === undefined
    ? withoutComparison(bounded, given)
    : withComparison(bounded, compared, given);
};

const circumstancesOf = ({
  isAlone = false,
  hasOwnShare = false,
  resolution = duration(0),
  recall,
}: MetricCase) => ({ isAlone, hasOwnShare, resolution, recall });

function withComparison(
  bounded: Verdict,
  { isHarm, ...comparison }: Compared,
  { spec, cluster }: MetricCase,
): Verdict {
  const evidence = { ...bounded.evidence, comparison };
  const because = `${spec.name} in ${cluster}: ${comparison.because}`;
  if (bounded.kind === 'fail') return { ...bounded, evidence };
  if (isHarm === true) return { kind: 'fail', because, evidence };
  if (bounded.kind !== 'pass') return { ...bounded, evidence };
  return { kind: comparison.isEnough ? 'pass' : 'running', because, evidence };
}

function withoutComparison(bounded: Verdict, { spec, cluster, isAlone }: MetricCase): Verdict {
  const mayPass = isAlone === true || spec.noData.kind === 'ignore';
  if (bounded.kind !== 'pass' || mayPass) return bounded;
  const because = `${spec.name} in ${cluster}: nothing of both versions to compare yet`;
  return { kind: 'running', because, evidence: bounded.evidence };
}
