import { normalCdf } from '../special-functions.js';
import { spentUpTo, type SpendingPlan } from './spending.js';
import { densityAt, keepBetween, massAbove, start, tail } from './walk.js';
import type { Stride, Walkers } from './walk.js';

/** What a group-sequential test is allowed, and how it divides it. */
export interface SequentialDesign extends SpendingPlan {
  /** Probability of a false alarm over all looks together; of both sides together when two-sided. */
  readonly alpha: number;
  readonly sides: 1 | 2;
}

/** One look's bound. */
export interface Bound {
  /** Information at this look, as a share of the plan. */
  readonly fraction: number;
  /** Stop when z (|z| when two-sided) reaches it. */
  readonly bound: number;
  /** α spent up to and with this look, both sides together. */
  readonly spentAlpha: number;
  /** p-value (of as many sides as the test has) that lies exactly on the bound. */
  readonly adjustedAlpha: number;
  /** The spend was too small for any z: the bound is held at `largestBound`. */
  readonly capped: boolean;
}

/**
 * No bound lies beyond 8 standard deviations, as in ldbounds: what O'Brien–Fleming spends on a
 * very early look is less than a double can tell from nothing. The 6e-16 spent instead is
 * subtracted from the next look.
 */
export const largestBound = 8;

const tolerance = 1e-10;

/** z at which the mass above z √t is `target`: Newton on its logarithm, kept inside a bracket. */
function solve(walkers: Walkers, stride: Stride, target: number, root: number): number {
  let [low, high] = [-largestBound, largestBound];
  let z = Math.min(3, high);
  for (let i = 0; i < 60 && high - low > tolerance; i += 1) {
    const mass = massAbove(walkers, stride, z * root);
    if (mass > target) low = z;
    else high = z;
    const slope = -root * densityAt(walkers, stride, z * root);
    const next = z - (Math.log(mass / target) * mass) / slope;
    if (Math.abs(next - z) < tolerance) return next;
    z = next > low && next < high ? next : (low + high) / 2;
  }
  return z;
}

/** Spends `target` at one look, or the little that the largest bound spends. */
function spend(walkers: Walkers, stride: Stride, target: number, root: number) {
  const least = massAbove(walkers, stride, largestBound * root);
  return target <= least
    ? { bound: largestBound, spent: least, capped: true }
    : { bound: solve(walkers, stride, target, root), spent: target, capped: false };
}

/**
 * Lan–DeMets bounds at any information fractions: each look's bound depends only on the looks up
 * to it, so more looks may be added without touching what has been decided.
 *
 * `fractions` ascend. Past 1 all of α is spent, while the true information is kept in the
 * integration. `last`: the last look spends what is left, whatever its fraction (the step is over
 * with less information than was planned).
 */
export function sequentialBounds(
  fractions: readonly number[],
  design: SequentialDesign,
  { last = false }: { readonly last?: boolean } = {},
): readonly Bound[] {
  const { sides } = design;
  const alpha = design.alpha / sides;
  const lastLook = last ? fractions.length - 1 : Infinity;
  const found: Bound[] = [];
  let walkers = start;
  let soFar = 0;
  for (const [k, fraction] of fractions.entries()) {
    const root = Math.sqrt(fraction);
    const stride = { mean: 0, sd: Math.sqrt(fraction - (fractions[k - 1] ?? 0)) };
    const planned = k === lastLook ? alpha : spentUpTo(fraction, alpha, design);
    const { bound, spent, capped } = spend(walkers, stride, planned - soFar, root);
    soFar += spent;
    const adjustedAlpha = sides * normalCdf(-bound);
    found.push({ fraction, bound, spentAlpha: sides * soFar, adjustedAlpha, capped });
    walkers = keepBetween(walkers, stride, {
      from: (sides === 2 ? -bound : -tail) * root,
      to: bound * root,
      nextSd: Math.sqrt((fractions[k + 1] ?? Infinity) - fraction),
    });
  }
  return found;
}
