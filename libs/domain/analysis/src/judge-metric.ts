import { compare, type Compared } from './compare/compare.js';
import type { Judge, MetricCase } from './judge.js';
import { measuredSince } from './schedule.js';
import { judgeByThreshold } from './threshold-judge.js';
import type { Verdict } from './verdict.js';

/**
 * The verdict on one metric in one cluster: its bounds, and beside them the comparison with stable
 * where the metric asks for one. Evidence of harm is not turned into `fail` here but by
 * `weighEvidence`, which knows the other clusters, steps and metrics; only `kayenta`, which keeps
 * no α, fails at once.
 */
export const judgeMetric: Judge = (given, now) => {
  const bounded = judgeByThreshold(given, now);
  const { spec, measurements, since, alpha = 0.01 } = given;
  if (spec.judge === undefined) return bounded;
  const compared = compare(measuredSince(measurements, since), spec.judge, { ...spec, alpha });
  return compared === undefined ? bounded : withComparison(bounded, compared, given);
};

function withComparison(
  bounded: Verdict,
  { isHarm, ...comparison }: Compared,
  { spec, cluster }: MetricCase,
): Verdict {
  const evidence = { ...bounded.evidence, comparison };
  const because = `${spec.name} in ${cluster}: ${comparison.because}`;
  if (bounded.kind === 'fail') return { ...bounded, evidence };
  if (isHarm === true) return { kind: 'fail', because, evidence };
  if (bounded.kind === 'pass') {
    return { kind: comparison.isEnough ? 'pass' : 'running', because, evidence };
  }
  return { ...bounded, evidence };
}
