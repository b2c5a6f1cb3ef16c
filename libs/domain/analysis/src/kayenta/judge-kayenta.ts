import { describeArms, valueOf } from '../rank/because.js';
import type { GaugeArm } from '../rank/evidence.js';
import { ascending } from '../rank/rank-sum.js';
import { numberOf, type GaugeSamples, type GaugeValue } from '../rank/samples.js';
import type { Judgement } from '../judgement.js';
import { classifyMetric } from './classify.js';
import { mean, percentile, standardDeviation } from './descriptive.js';
import type { KayentaArm, KayentaClass, KayentaEvidence } from './evidence.js';
import { outliersOf } from './outliers.js';
import type { KayentaSettings } from './settings.js';

/**
 * What each class means for a release. `Error` stops nothing in Kayenta, so that a metric nobody
 * could judge counts as if it were not there; here it is never more than inconclusive.
 */
export const kindOfClass: Readonly<Record<KayentaClass, Judgement<unknown>['kind']>> = {
  Pass: 'pass',
  High: 'fail',
  Low: 'fail',
  Nodata: 'noData',
  NodataFailMetric: 'fail',
  Error: 'inconclusive',
};

/**
 * One metric as Kayenta's NetflixACAJudge judges it: the same treatment of missing values and
 * outliers, the same test with the same solver, the same classes. For teams that bring their
 * configuration along; the exact judge is the better one, for this one misses harm among ties and
 * depends on the unit of the metric.
 *
 * Kayenta calls the candidate experiment (or canary), and the stable version control (or baseline).
 */
export function judgeKayenta(
  { candidate, stable }: GaugeSamples,
  settings: KayentaSettings,
): Judgement<KayentaEvidence> {
  const arms = [treatedArm(candidate, settings), treatedArm(stable, settings)] as const;
  const { classification, comparison } = classifyMetric(arms[0].kept, arms[1].kept, settings);
  const evidence: KayentaEvidence = {
    ...classification,
    ...comparison,
    candidate: summaryOf(arms[0]),
    stable: summaryOf(arms[1]),
    tolerance: settings.tolerance,
    confLevel: settings.confLevel,
    muted: settings.muted,
  };
  return { kind: kindOfClass[evidence.class], because: describe(evidence), evidence };
}

interface TreatedArm {
  readonly kept: readonly number[];
  readonly missing: number;
  readonly outliers: readonly number[];
}

function treatedArm(
  values: readonly GaugeValue[],
  { nanStrategy, outliers }: KayentaSettings,
): TreatedArm {
  const numbers = values.map(numberOf);
  const missing = numbers.filter(Number.isNaN).length;
  const present =
    nanStrategy === 'replace'
      ? numbers.map((value) => (Number.isNaN(value) ? 0 : value))
      : numbers.filter((value) => !Number.isNaN(value));
  if (outliers.strategy === 'keep') return { kept: present, missing, outliers: [] };
  const isOutlier = outliersOf(present, outliers);
  return {
    kept: present.filter((_, index) => !isOutlier[index]),
    missing,
    outliers: present.filter((_, index) => isOutlier[index]),
  };
}

function summaryOf({ kept, missing, outliers }: TreatedArm): KayentaArm {
  const counts = { n: kept.length, missing, outliers };
  const finite = kept.filter(Number.isFinite);
  if (finite.length === 0) return counts;
  const sorted = ascending(finite);
  return {
    ...counts,
    min: percentile(sorted, 0),
    max: percentile(sorted, 100),
    mean: mean(finite),
    sd: standardDeviation(finite),
    p1: percentile(sorted, 1),
    p5: percentile(sorted, 5),
    p25: percentile(sorted, 25),
    p50: percentile(sorted, 50),
    p75: percentile(sorted, 75),
    p90: percentile(sorted, 90),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
  };
}

function describe(evidence: KayentaEvidence): string {
  const { candidate, stable, reason, critical, L, U, HL, band } = evidence;
  const arms = describeArms(armOf(candidate), armOf(stable));
  const name = `${evidence.class}${critical ? ' (critical)' : ''}`;
  if (L === undefined || U === undefined || HL === undefined || band === undefined) {
    return `${arms}: ${reason ?? 'not compared'}: ${name}`;
  }
  return (
    `${arms}: shifted by ${valueOf(HL)} (${valueOf(L)} to ${valueOf(U)}), ` +
    `${valueOf(band)} either way is tolerated: ${name}`
  );
}

const armOf = ({ n, missing, p50 }: KayentaArm): GaugeArm => ({
  n,
  missing,
  ...(p50 !== undefined && { median: p50 }),
});
