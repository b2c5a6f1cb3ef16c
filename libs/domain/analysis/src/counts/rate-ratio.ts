import type { CountSegment, RateRatio } from './evidence.js';
import { logEAt, type BetaPrior, type Sides } from './log-e.js';
import type { ErrorCountSettings } from './measurements.js';
import { nullShare } from './segments.js';
import { turningPoint } from './turning-point.js';

/** A segment as the ratio sees it: `logOdds` of a request to go to the candidate. */
interface Split {
  readonly x: number;
  readonly n: number;
  readonly logOdds: number;
}

interface Test {
  readonly splits: readonly Split[];
  readonly prior: BetaPrior;
  /** ln 1/α. */
  readonly limit: number;
}

/**
 * The ratios that the tests would not reject now. A ratio r is tested with the p0 that belongs to it.
 * Two-sided ln E is convex in ln r, and one-sided falls until it is harmless, so what is left is one
 * interval; its ends are bisected in ln r.
 */
export function rateRatio(
  segments: readonly CountSegment[],
  { alpha, prior }: Pick<ErrorCountSettings, 'alpha' | 'prior'>,
): RateRatio {
  const splits = segments.flatMap(splitOf);
  if (splits.length === 0) return { isEmpty: false };
  const test: Test = { splits, prior, limit: -Math.log(alpha) };
  const swapped: Test = {
    ...test,
    splits: splits.map(({ x, n, logOdds }) => ({ x: n - x, n, logOdds: -logOdds })),
    prior: { a: prior.b, b: prior.a },
  };
  const best = mostLikely(splits);
  const isEmpty = Number.isFinite(best) && logEOf(test, best, 'two') >= test.limit;
  const found = {
    estimate: Math.exp(best),
    lowerOneSided: Math.exp(lowest(test, 'one')),
    upperOneSided: Math.exp(-lowest(swapped, 'one')),
    lower: isEmpty ? Infinity : Math.exp(lowest(test, 'two')),
    upper: isEmpty ? Infinity : Math.exp(-lowest(swapped, 'two')),
  };
  const finite = Object.entries(found).filter(([, value]) => Number.isFinite(value));
  return { ...(Object.fromEntries(finite) as Partial<typeof found>), isEmpty };
}

const splitOf = ({ x, n, exposure }: CountSegment): readonly Split[] =>
  exposure === undefined || n === 0 ? [] : [{ x, n, logOdds: Math.log(exposure / (1 - exposure)) }];

/** ln of the ratio at which the candidate's errors are just those expected. */
function mostLikely(splits: readonly Split[]): number {
  const x = splits.reduce((sum, one) => sum + one.x, 0);
  if (x === 0) return -Infinity;
  if (splits.every((one) => one.x === one.n)) return Infinity;
  return turningPoint(
    (theta) =>
      splits.reduce((sum, one) => sum + one.n * nullShare(one.logOdds + theta).candidate, 0) >= x,
  );
}

/** ln of the least ratio that is not rejected. */
function lowest(test: Test, sides: Sides): number {
  if (test.splits.every(({ x }) => x === 0)) return -Infinity;
  const best = mostLikely(test.splits);
  return turningPoint(
    (theta) => logEOf(test, theta, sides) < test.limit || (sides === 'two' && theta >= best),
  );
}

const logEOf = ({ splits, prior }: Test, theta: number, sides: Sides): number =>
  splits.reduce(
    (sum, { x, n, logOdds }) => sum + logEAt(nullShare(logOdds + theta), { x, n, prior, sides }),
    0,
  );
