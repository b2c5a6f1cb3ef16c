import { countLogE } from '../counts/index.js';

/**
 * How many of n errors must be the candidate's for the test of error counts to stop; Infinity where
 * not even all of them would do. Not whole beyond the first few.
 */
export type ErrorsToStop = (n: number) => number;

/** Up to here every n is solved for itself; the bound is too jagged to be read between others. */
const solvedSingly = 64;

/** Beyond, the bound in standard deviations bends so slowly that every seventh part more is enough. */
const spacing = 1.15;

export function errorsToStop(allowedShare: number, alpha: number): ErrorsToStop {
  const excess = (x: number, n: number): number =>
    countLogE({ x, n, p0: allowedShare, prior: { a: 1, b: 1 }, sides: 'one' }) + Math.log(alpha);
  const few = countsUpTo(solvedSingly, excess);
  const heights = new Map<number, number>();
  const heightAt = (node: number): number => {
    const known = heights.get(node);
    if (known !== undefined) return known;
    const n = solvedSingly * spacing ** node;
    const height = (root(excess, n, allowedShare) - allowedShare * n) / Math.sqrt(n);
    heights.set(node, height);
    return height;
  };
  return (n) => {
    if (n <= solvedSingly) return few[n] ?? Infinity;
    const place = Math.log(n / solvedSingly) / Math.log(spacing);
    const node = Math.floor(place);
    const [before, after] = [heightAt(node), heightAt(node + 1)];
    const height = before === Infinity ? after : before + (after - before) * (place - node);
    return allowedShare * n + Math.sqrt(n) * height;
  };
}

type Excess = (x: number, n: number) => number;

/** One error more asks for as many of the candidate's as before, or for one more. */
function countsUpTo(most: number, excess: Excess): readonly number[] {
  const counts = [Infinity];
  let x = 1;
  for (let n = 1; n <= most; n += 1) {
    while (x <= n && excess(x, n) < 0) x += 1;
    counts.push(x <= n ? x : Infinity);
    x = Math.min(x, n);
  }
  return counts;
}

/** Where the evidence is just enough: regula falsi that does not stick (the Illinois rule). */
function root(excess: Excess, n: number, allowedShare: number): number {
  let [low, high] = [allowedShare * n, n];
  let [under, over] = [excess(low, n), excess(high, n)];
  if (over < 0) return Infinity;
  let stuck = 0;
  for (let i = 0; i < 60 && high - low > 1e-3; i += 1) {
    const x = (low * over - high * under) / (over - under);
    const value = excess(x, n);
    if (Math.abs(value) < 1e-6) return x;
    if (value < 0) {
      [low, under] = [x, value];
      over *= stuck < 0 ? 0.5 : 1;
      stuck = -1;
    } else {
      [high, over] = [x, value];
      under *= stuck > 0 ? 0.5 : 1;
      stuck = 1;
    }
  }
  return high;
}
