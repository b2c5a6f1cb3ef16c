import {
  alphaOf,
  nextDue,
  promptSampling,
  weighEvidence,
  type Judge,
  type Measurement,
  type Verdict,
} from '@spillway/domain-analysis';
import { after, type Instant } from '@spillway/kernel';
import { activeMetrics, type ActiveMetric, type Samplings } from './active-metrics.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';
import { courseOf } from './shown.js';
import { splitVerdicts } from './split-verdicts.js';

const of = (metric: ActiveMetric, all: readonly Measurement[]): readonly Measurement[] =>
  all.filter(
    ({ metric: name, cluster }) => name === metric.spec.name && cluster === metric.cluster,
  );

/** A measurement that is to be made. */
export interface Slot extends ActiveMetric {
  /** The end of its window. */
  readonly at: Instant;
  /** From when it may be asked for: its last samples have arrived. */
  readonly askAt: Instant;
  readonly ordinal: number;
}

/** The next measurement of each active metric. */
export const schedule = (
  release: Release,
  made: readonly Measurement[],
  sampling: Samplings = new Map(),
): readonly Slot[] =>
  activeMetrics(release, sampling).map((metric) => {
    const own = of(metric, made);
    const at = nextDue(metric.spec, metric.since, own);
    const { lag } = sampling.get(metric.cluster) ?? promptSampling;
    return { ...metric, at, askAt: after(at, lag), ordinal: own.length };
  });

/**
 * One verdict for each active metric, with what all clusters, steps and metrics show together, and
 * one for each cluster in which requests are not split as programmed: there nothing is compared.
 */
export function judgeAll(
  release: Release,
  seen: Observation,
  judge: Judge,
  now: Instant,
): readonly Verdict[] {
  const { measurements, sampling } = seen;
  const course = courseOf(release);
  const active = activeMetrics(release, sampling);
  const splits = splitVerdicts(release, active, seen);
  const name = `${release.id} ${release.cursor.index}`;
  const distrusted = new Set(splits.map(({ evidence }) => evidence.cluster));
  const verdicts = active.map((metric) => {
    const alpha = alphaOf(metric.spec, course);
    const verdict = judge({ ...metric, name, alpha, measurements: of(metric, measurements) }, now);
    return distrusted.has(metric.cluster) ? uncompared(verdict) : verdict;
  });
  const weighed = weighEvidence(verdicts, course).map((verdict, i) =>
    active[i]?.spec.dryRun === true ? undecided(verdict) : verdict,
  );
  return [...splits, ...weighed];
}

/** What a verdict says by the metric's bounds alone. */
function uncompared(verdict: Verdict): Verdict {
  const { comparison: _distrusted, ...evidence } = verdict.evidence;
  return { ...verdict, evidence };
}

/** As it is shown, and decides nothing. */
function undecided({ kind, because, evidence }: Verdict): Verdict {
  const would = kind === 'pass' ? '' : ` (dry run: would be ${kind})`;
  return { kind: 'pass', because: `${because}${would}`, evidence };
}
