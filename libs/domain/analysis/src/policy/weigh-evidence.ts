import type { ClusterName } from '@spillway/kernel';
import {
  averageE,
  bonferroni,
  eBenjaminiHochberg,
  holm,
  pFromLogE,
  productE,
  shareAlpha,
} from '../combine/index.js';
import { eValueOf, roughly } from '../counts/figures.js';
import type { MetricSpec } from '../metric/metric-spec.js';
import type { MetricStanding, Verdict } from '../verdict.js';
import type { AnalysisPolicy } from './analysis-policy.js';
import { logEvidence, type Steps } from './over-steps.js';

/** What one metric has shown in one cluster, in the steps that are over. */
export interface ShownSum {
  readonly metric: string;
  readonly cluster: ClusterName;
  /** Of `afterStep`. */
  readonly logSum: number;
}

/** What a release is to be judged by, and how far it is. */
export interface ReleaseCourse {
  readonly policy: AnalysisPolicy;
  /** Every metric of the plan that compares and decides, once each. */
  readonly metrics: readonly MetricSpec[];
  /** All clusters of the plan. */
  readonly clusters: number;
  readonly steps: Steps;
  readonly shown: readonly ShownSum[];
}

const weightOf = ({ weight = 1 }: MetricSpec): number => weight;

/** The metric's share of α. A metric that decides nothing is judged as if it had one. */
export function alphaOf(metric: MetricSpec, { policy, metrics }: ReleaseCourse): number {
  const others = metrics.filter(({ name }) => name !== metric.name);
  const [alpha = policy.alpha] = shareAlpha(policy.alpha, [metric, ...others].map(weightOf));
  return alpha;
}

/**
 * Puts what was compared together over clusters, steps and metrics, and lets a metric fail where
 * that is evidence of harm. Verdicts that fail for other reasons stay as they are.
 *
 * - Steps: `logEvidence`, one e-process for the whole release.
 * - Clusters: the average or the product of their e-values; clusters that show nothing count as 1.
 * - p-values (judges that may not look at any time): times clusters and steps (Bonferroni), beside
 *   the correction for looks that they have already.
 * - Metrics: by the policy. For e-BH a p-value becomes the e-value 1 / (2√p) (Vovk & Wang 2021).
 */
export function weighEvidence(
  verdicts: readonly Verdict[],
  course: ReleaseCourse,
): readonly Verdict[] {
  const spent = course.metrics.map((spec) => standingOf(spec, verdicts, course));
  const harmful = rejected(spent, course);
  return verdicts.map((verdict) => {
    const index = course.metrics.findIndex(({ name }) => name === verdict.evidence.metric);
    const standing = spent[index];
    if (standing === undefined || verdict.evidence.comparison === undefined) return verdict;
    const isWorst =
      harmful[index] === true && worstOf(verdicts, verdict.evidence.metric) === verdict;
    return withSpending(verdict, standing, isWorst);
  });
}

function standingOf(
  spec: MetricSpec,
  verdicts: readonly Verdict[],
  course: ReleaseCourse,
): MetricStanding {
  const alpha = alphaOf(spec, course);
  const own = verdicts.filter(({ evidence }) => evidence.metric === spec.name);
  const pValues = own.flatMap(({ evidence }) => evidence.comparison?.pValue ?? []);
  if (pValues.length > 0) {
    const looks = course.clusters * Math.max(1, course.steps.planned);
    return { alpha, pValue: Math.min(1, looks * Math.min(...pValues)) };
  }
  const logE = overClusters(spec.name, own, course);
  return { alpha, logE, pValue: pFromLogE(logE) };
}

function overClusters(
  metric: string,
  own: readonly Verdict[],
  { policy, clusters, steps, shown }: ReleaseCourse,
): number {
  const names = new Set([
    ...shown.filter((sum) => sum.metric === metric).map(({ cluster }) => cluster),
    ...own.map(({ evidence }) => evidence.cluster),
  ]);
  const each = [...names].map((cluster) => {
    const before = shown.find((sum) => sum.metric === metric && sum.cluster === cluster)?.logSum;
    const now = own.find(({ evidence }) => evidence.cluster === cluster);
    return logEvidence(before, now?.evidence.comparison?.logE ?? 0, steps);
  });
  if (policy.clusters === 'product') return productE(each);
  const idle = Array.from({ length: Math.max(0, clusters - each.length) }, () => 0);
  return averageE([...each, ...idle]);
}

/** Which metrics have shown harm, by their places. */
function rejected(
  spent: readonly MetricStanding[],
  { policy: { metrics: procedure, alpha }, metrics }: ReleaseCourse,
): readonly boolean[] {
  const weights = metrics.map(weightOf);
  const pValues = spent.map(({ pValue }) => pValue);
  switch (procedure) {
    case 'weight':
      return bonferroni(pValues, alpha, weights).rejected;
    case 'holm':
      return holm(pValues, alpha, weights).rejected;
    case 'eBH':
      return eBenjaminiHochberg(spent.map(logEOf), alpha, weights).rejected;
  }
}

const logEOf = ({ logE, pValue }: MetricStanding): number =>
  logE ?? -Math.log(2) - 0.5 * Math.log(Math.max(pValue, Number.MIN_VALUE));

function worstOf(verdicts: readonly Verdict[], metric: string): Verdict | undefined {
  const strength = ({ evidence: { comparison } }: Verdict): number =>
    comparison?.logE ?? -Math.log(comparison?.pValue ?? 1);
  return verdicts
    .filter(({ evidence }) => evidence.metric === metric && evidence.comparison !== undefined)
    .toSorted((a, b) => strength(b) - strength(a))[0];
}

function withSpending(verdict: Verdict, standing: MetricStanding, isHarm: boolean): Verdict {
  const evidence = { ...verdict.evidence, standing };
  const { metric, cluster, comparison } = evidence;
  if (verdict.kind === 'fail' || !(isHarm || isSuspect(verdict, standing))) {
    return { ...verdict, evidence };
  }
  const because = `${metric} in ${cluster}: ${comparison?.because ?? ''}; ${describe(standing)}`;
  return isHarm ? { kind: 'fail', because, evidence } : { ...verdict, because, evidence };
}

/** Harm by what this cluster shows in this step, if that were all there is. */
const isSuspect = (
  { kind, evidence: { comparison } }: Verdict,
  { alpha }: MetricStanding,
): boolean =>
  (kind === 'pass' || kind === 'running') &&
  ((comparison?.logE ?? 0) >= -Math.log(alpha) || (comparison?.pValue ?? 1) <= alpha);

/** `over all clusters and steps e = 3,200, stop at 1,000`. */
function describe({ logE, pValue, alpha }: MetricStanding): string {
  const all = 'over all clusters and steps';
  return logE === undefined
    ? `${all} p = ${roughly(pValue)}, stop at ${roughly(alpha)}`
    : `${all} e = ${eValueOf(logE)}, stop at ${roughly(1 / alpha)}`;
}
