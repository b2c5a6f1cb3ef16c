import type { Direction } from '../metric/metric-spec.js';
import type { GaugeArm, RankComparison } from './evidence.js';
import type { MannWhitneySettings } from './settings.js';

/** A change seen from the side that is worse, so that both directions are judged by one rule. */
export interface Harm {
  readonly direction: Exclude<Direction, 'either'>;
  readonly p: number;
  /** How likely it shows in a pair. */
  readonly cles: number;
  readonly shift: number;
  /** The worse mean by the better one; absent where that is not above 0. */
  readonly ratio?: number;
}

/** What is compared, seen from each direction that is harm. */
export function harmsOf(
  compared: RankComparison,
  candidate: GaugeArm,
  stable: GaugeArm,
  direction: Direction,
): readonly Harm[] {
  // Not 1 − cles: both directions must come to the same number, also in the last digit.
  const pairs = candidate.n * stable.n;
  const up: Harm = {
    direction: 'increase',
    p: compared.pGreater,
    cles: compared.cles,
    shift: compared.hodgesLehmann,
    ...ratioOf(candidate.mean, stable.mean),
  };
  const down: Harm = {
    direction: 'decrease',
    p: compared.pLess,
    cles: (pairs - compared.W) / pairs,
    shift: -compared.hodgesLehmann,
    ...ratioOf(stable.mean, candidate.mean),
  };
  if (direction === 'either') return [up, down];
  return direction === 'increase' ? [up] : [down];
}

const ratioOf = (worse = 0, better = 0): Pick<Harm, 'ratio'> =>
  better > 0 ? { ratio: worse / better } : {};

/** The unit of a metric must not decide: a mean times 1e-9 is rounded anew. */
const rounding = 1e-12;

export const isLargeEnough = (
  { cles, ratio = Infinity, shift }: Harm,
  { minCles, minRatio, minShift }: MannWhitneySettings,
): boolean => cles >= minCles && ratio >= minRatio * (1 - rounding) && shift >= minShift;
