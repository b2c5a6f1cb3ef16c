import { keepBetween, massAbove, massBelow, start, tail } from './walk.js';

/** When to stop, look by look. */
export interface StoppingRule {
  /** Information fractions, ascending. */
  readonly fractions: readonly number[];
  /** Stop when z reaches these. */
  readonly upper: readonly number[];
  /** Stop when z falls to these; without, only the upper ones stop. */
  readonly lower?: readonly number[];
}

/** What a stopping rule does under a drift. */
export interface Crossings {
  /** P(first stopped by the upper bound at look k). */
  readonly upper: readonly number[];
  /** P(first stopped by the lower bound at look k). */
  readonly lower: readonly number[];
  /** P(stopped by the upper bound at any look): the power, or α when there is no drift. */
  readonly crossesUpper: number;
  readonly crossesLower: number;
  /** Looks taken on average, all of them where nothing stops. */
  readonly expectedLooks: number;
  /** Information used on average, as a share of the plan. */
  readonly expectedFraction: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

const at = (values: readonly number[], k: number): number => values[k] ?? NaN;

function summary(
  rule: StoppingRule,
  upper: readonly number[],
  lower: readonly number[],
): Crossings {
  const { fractions } = rule;
  const stopped = upper.map((p, k) => p + at(lower, k));
  const never = Math.max(0, 1 - sum(stopped));
  return {
    upper,
    lower,
    crossesUpper: sum(upper),
    crossesLower: sum(lower),
    expectedLooks: sum(stopped.map((p, k) => p * (k + 1))) + never * fractions.length,
    expectedFraction:
      sum(stopped.map((p, k) => p * at(fractions, k))) + never * (fractions.at(-1) ?? 0),
  };
}

/**
 * Crossing probabilities when the z of all planned information is `drift` on average:
 * drift = (true difference) / (its standard error at fraction 1).
 */
export function crossingProbabilities(rule: StoppingRule, drift: number): Crossings {
  const { fractions } = rule;
  const upper: number[] = [];
  const lower: number[] = [];
  let walkers = start;
  for (const [k, t] of fractions.entries()) {
    const step = t - (fractions[k - 1] ?? 0);
    const stride = { mean: drift * step, sd: Math.sqrt(step) };
    const root = Math.sqrt(t);
    const top = at(rule.upper, k) * root;
    const bottom = rule.lower === undefined ? -Infinity : at(rule.lower, k) * root;
    upper.push(massAbove(walkers, stride, top));
    lower.push(massBelow(walkers, stride, bottom));
    walkers = keepBetween(walkers, stride, {
      from: Math.max(bottom, drift * t - tail * root),
      to: Math.min(top, drift * t + tail * root),
      nextSd: Math.sqrt((fractions[k + 1] ?? Infinity) - t),
    });
  }
  return summary(rule, upper, lower);
}

/** A bracket that no drift worth asking for leaves; power there is 1 to a double. */
const largestDrift = 64;

/** The drift at which the upper bound is crossed with probability `power`. */
export function driftFor(power: number, rule: StoppingRule): number {
  let [low, high] = [-largestDrift, largestDrift];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (crossingProbabilities(rule, middle).crossesUpper < power) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
