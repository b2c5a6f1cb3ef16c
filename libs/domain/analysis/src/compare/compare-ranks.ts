import { defaultKayentaSettings, judgeKayenta } from '../kayenta/index.js';
import type { Measurement, Sample } from '../measurement.js';
import type { MetricJudge } from '../metric/metric-spec.js';
import { defaultMannWhitneySettings, judgeMannWhitney, type GaugeSamples } from '../rank/index.js';
import type { Comparison } from '../verdict.js';

interface Looks {
  readonly count: number;
  readonly minSample: number;
}

/** A point of both versions; none where one is missing, or is of too few requests to say anything. */
function pairOf({ reading }: Measurement, minSample: number): readonly Pair[] {
  if (reading.kind !== 'value' || reading.stable === undefined) return [];
  const { candidate, stable } = reading;
  const says = ({ value, requests = Infinity }: Sample): boolean =>
    Number.isFinite(value) && requests >= minSample;
  return says(candidate) && says(stable)
    ? [{ candidate: candidate.value, stable: stable.value }]
    : [];
}

interface Pair {
  readonly candidate: number;
  readonly stable: number;
}

/**
 * Each `count` points make a look, and a look sees all points since the step began. Undefined before
 * the first.
 */
function pointsOf(
  measurements: readonly Measurement[],
  { count, minSample }: Looks,
): (GaugeSamples & { readonly look: number }) | undefined {
  const pairs = measurements.flatMap((one) => pairOf(one, minSample));
  const look = Math.floor(pairs.length / count);
  if (look === 0) return undefined;
  const seen = pairs.slice(0, look * count);
  return {
    look,
    candidate: seen.map(({ candidate }) => candidate),
    stable: seen.map(({ stable }) => stable),
  };
}

/** The share 6 / (π²k²) of α is for look k; over all looks that is all of it (Σ 1/k² = π²/6). */
const lookCost = (look: number): number => (Math.PI ** 2 * look ** 2) / 6;

/**
 * By ranks, with each point worth less the more it is like the one before. The p-value is one when
 * the effect is too small to be called harm, and is corrected for looks and for both directions.
 */
export function compareRanks(
  measurements: readonly Measurement[],
  { direction, minPoints }: Extract<MetricJudge, { kind: 'mannWhitney' }>,
  { alpha, ...looks }: Looks & { readonly alpha: number },
): Comparison | undefined {
  const points = pointsOf(measurements, looks);
  if (points === undefined) return undefined;
  const settings = {
    ...defaultMannWhitneySettings,
    direction,
    minSamples: minPoints,
    independence: 'thin',
  } as const;
  const sides = direction === 'either' ? 2 : 1;
  const share = alpha / lookCost(points.look);
  const judged = judgeMannWhitney(points, { ...settings, confidence: 1 - (2 * share) / sides });
  // At α = ½ only the effect decides.
  const isEffect = judgeMannWhitney(points, { ...settings, confidence: 0 }).kind === 'fail';
  const { candidate, stable, hodgesLehmann, interval, pHarm = 1 } = judged.evidence;
  const pValue = isEffect ? Math.min(1, pHarm * sides * lookCost(points.look)) : 1;
  return {
    judge: 'mannWhitney',
    candidate: { n: candidate.n },
    stable: { n: stable.n },
    ...(hodgesLehmann === undefined ? {} : { estimate: hodgesLehmann }),
    ...(interval === undefined ? {} : { low: interval.low, high: interval.high }),
    pValue,
    isEnough: judged.kind === 'pass',
    because: judged.because,
  };
}

export function compareAsKayenta(
  measurements: readonly Measurement[],
  { direction }: Extract<MetricJudge, { kind: 'kayenta' }>,
  looks: Looks,
): (Comparison & { readonly isHarm?: true }) | undefined {
  const points = pointsOf(measurements, looks);
  if (points === undefined) return undefined;
  const { kind, because, evidence } = judgeKayenta(points, {
    ...defaultKayentaSettings,
    direction,
  });
  const { candidate, stable, HL, L, U } = evidence;
  return {
    judge: 'kayenta',
    candidate: { n: candidate.n },
    stable: { n: stable.n },
    ...(HL === undefined ? {} : { estimate: HL }),
    ...(L === undefined || U === undefined ? {} : { low: L, high: U }),
    isEnough: kind === 'pass',
    because,
    ...(kind === 'fail' ? { isHarm: true } : {}),
  };
}
