import { autocorrelationOf, type Autocorrelation } from './autocorrelation.js';
import type { RankComparison } from './evidence.js';
import { exactLowerTail, hasExactNull } from './exact-null.js';
import { shiftInterval, type ShiftInterval } from './interval.js';
import { normalNull, pValuesOf, studentNull, type NullDistribution } from './null-distribution.js';
import { medianDifference } from './pairwise-difference.js';
import { ascending, rankSums, tieCorrectedSigma } from './rank-sum.js';
import type { MannWhitneySettings } from './settings.js';

/** Two arms, neither empty: as they came and in ascending order. */
interface Arms {
  readonly candidate: readonly number[];
  readonly stable: readonly number[];
  readonly x: Float64Array;
  readonly y: Float64Array;
}

interface Null extends NullDistribution {
  readonly method: ShiftInterval['method'];
}

/** What is believed of U where versions do not differ: for the p-value, and for the interval's k. */
interface Nulls {
  readonly sigma: number;
  readonly ofTest: Null;
  readonly ofInterval: Null;
  readonly normal: Null;
  readonly exact?: Null;
  readonly autocorrelation?: Autocorrelation;
}

export const alphaOf = ({ confidence }: MannWhitneySettings): number => (1 - confidence) / 2;

function independentNulls({ x, y }: Arms, tieSum: number): Nulls {
  const pairs = x.length * y.length;
  const sigma = tieCorrectedSigma(x.length, y.length, tieSum);
  const normal: Null = { ...normalNull(pairs, sigma), method: 'normal' };
  if (!hasExactNull(x.length, y.length)) {
    return { sigma, ofTest: normal, ofInterval: normal, normal };
  }
  const exact: Null = { pairs, atMost: exactLowerTail(x.length, y.length), method: 'exact' };
  return tieSum > 0
    ? { sigma, ofTest: normal, ofInterval: exact, normal }
    : { sigma, ofTest: exact, ofInterval: exact, normal, exact };
}

/**
 * With autocorrelation U varies as if fewer points had been compared, so its sigma grows by the
 * root of the autocorrelation time. Few independent points tell their own spread badly: Student's t.
 */
function autocorrelatedNulls(arms: Arms, independent: Nulls): Nulls {
  const autocorrelation = autocorrelationOf(arms.candidate, arms.stable);
  const { candidateEffective, stableEffective, time } = autocorrelation;
  const sigma = independent.sigma * Math.sqrt(time);
  const degrees = Math.max(1, candidateEffective + stableEffective - 2);
  const wider: Null = {
    ...studentNull(independent.normal.pairs, sigma, degrees),
    method: 'autocorrelated',
  };
  return { ...independent, sigma, ofTest: wider, ofInterval: wider, autocorrelation };
}

export function compareByRanks(
  candidate: readonly number[],
  stable: readonly number[],
  settings: MannWhitneySettings,
): RankComparison {
  const [x, y] = [ascending(candidate), ascending(stable)];
  const arms = { candidate, stable, x, y };
  const { rankSum, tieSum, tiedGroups, tiedValues } = rankSums(x, y);
  const W = rankSum - (x.length * (x.length + 1)) / 2;
  const independent = independentNulls(arms, tieSum);
  const nulls =
    settings.independence === 'thin' ? autocorrelatedNulls(arms, independent) : independent;
  const alpha = alphaOf(settings);
  return {
    W,
    ...testOf(W, nulls, settings),
    hodgesLehmann: medianDifference(x, y),
    interval: shiftInterval(x, y, nulls.ofInterval, { alpha, method: nulls.ofInterval.method }),
    normalInterval: shiftInterval(x, y, nulls.normal, { alpha, method: 'normal' }),
    cles: W / (x.length * y.length),
    ties: { groups: tiedGroups, values: tiedValues, sum: tieSum },
    ...(nulls.autocorrelation && { autocorrelation: nulls.autocorrelation }),
  };
}

type TestOfRanks = Pick<
  RankComparison,
  | 'sigma'
  | 'z'
  | 'pGreater'
  | 'pLess'
  | 'pTwoSided'
  | 'pHarm'
  | 'pMethod'
  | 'pExact'
  | 'pAsymptotic'
>;

function testOf(
  W: number,
  { sigma, ofTest, normal, exact }: Nulls,
  { direction }: MannWhitneySettings,
): TestOfRanks {
  const p = pValuesOf(ofTest, W);
  const off = W - normal.pairs / 2;
  const harms = { increase: p.greater, decrease: p.less, either: Math.min(p.greater, p.less) };
  return {
    sigma,
    z: sigma === 0 ? 0 : (off - 0.5 * Math.sign(off)) / sigma,
    pGreater: p.greater,
    pLess: p.less,
    pTwoSided: p.twoSided,
    pHarm: harms[direction],
    pMethod: ofTest.method,
    ...(exact && { pExact: pValuesOf(exact, W) }),
    pAsymptotic: pValuesOf(normal, W),
  };
}
