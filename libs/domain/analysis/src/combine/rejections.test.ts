import { describe, expect, it } from '@jest/globals';
import { eBenjaminiHochberg } from './e-bh.js';
import { bonferroni, holm } from './p-values.js';
import { shareAlpha } from './weights.js';

/** The same numbers every time. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

const draw = (from: Iterator<number>, count: number): number[] =>
  Array.from({ length: count }, () => from.next().value as number);

const placesOf = (rejected: readonly boolean[]): readonly number[] =>
  rejected.flatMap((is, i) => (is ? [i] : []));

const subsets = (count: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (__, i) => i).filter((i) => (bits >> i) % 2 === 1),
  );

/** Holm is the closure of weighted Bonferroni: rejected is what every set that holds it rejects. */
function closedBonferroni(ps: readonly number[], weights: readonly number[], alpha: number) {
  const isRejected = (set: readonly number[]): boolean => {
    const total = set.reduce((sum, i) => sum + (weights[i] ?? 0), 0);
    return set.some((i) => (ps[i] ?? 1) * total <= alpha * (weights[i] ?? 0));
  };
  return ps.flatMap((_, i) =>
    subsets(ps.length)
      .filter((set) => set.includes(i))
      .every(isRejected)
      ? [i]
      : [],
  );
}

/** The largest set of which each e-value is at least K/(α·size). */
function largestConsistent(es: readonly number[], alpha: number): readonly number[] {
  const isConsistent = (set: readonly number[]): boolean =>
    set.every((i) => (es[i] ?? 0) >= es.length / (alpha * set.length));
  return subsets(es.length)
    .filter(isConsistent)
    .reduce((best, set) => (set.length > best.length ? set : best), []);
}

describe('Holm', () => {
  it('adjusts as R’s p.adjust does', () => {
    const { adjusted, rejected } = holm([0.01, 0.04, 0.03, 0.005], 0.05);
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
    expect(placesOf(rejected)).toEqual([0, 3]);
  });

  it.each([false, true])(
    'rejects what the closure of Bonferroni rejects (weights: %s)',
    (uneven) => {
      const random = numbers(7);
      for (let round = 0; round < 200; round += 1) {
        const ps = draw(random, 5).map((p) => p * p * 0.1);
        const weights = draw(random, 5).map((w) => (uneven ? 0.1 + w : 1));
        expect(placesOf(holm(ps, 0.05, weights).rejected)).toEqual(
          closedBonferroni(ps, weights, 0.05),
        );
      }
    },
  );

  it('rejects what Bonferroni rejects, and more', () => {
    const ps = [0.01, 0.02, 0.03];
    expect(placesOf(bonferroni(ps, 0.04).rejected)).toEqual([0]);
    expect(placesOf(holm(ps, 0.04).rejected)).toEqual([0, 1, 2]);
  });

  it('takes ties, ones, zeros and no p-values as they come', () => {
    expect(holm([0, 0, 1], 0.05)).toEqual({ adjusted: [0, 0, 1], rejected: [true, true, false] });
    expect(holm([], 0.05)).toEqual({ adjusted: [], rejected: [] });
    expect(holm([0, 0.01], 0.05, [0, 1])).toEqual({ adjusted: [1, 0.01], rejected: [false, true] });
  });
});

describe('Bonferroni', () => {
  it('holds each p-value against its share of α', () => {
    const ps = [0.007, 0.003];
    expect(shareAlpha(0.01, [3, 1])).toEqual([0.0075, 0.0025]);
    expect(placesOf(bonferroni(ps, 0.01, [3, 1]).rejected)).toEqual([0]);
    expect(bonferroni([0.4, 0.9], 0.01).adjusted).toEqual([0.8, 1]);
  });
});

describe('e-BH', () => {
  it('rejects the largest set whose members are all large enough for its size', () => {
    const random = numbers(11);
    let some = 0;
    for (let round = 0; round < 300; round += 1) {
      const es = draw(random, 6).map((u) => Math.exp(8 * u - 2));
      const { rejected } = eBenjaminiHochberg(es.map(Math.log), 0.05);
      expect(placesOf(rejected)).toEqual(largestConsistent(es, 0.05));
      some += rejected.includes(true) ? 1 : 0;
    }
    expect(some).toBeGreaterThan(50);
  });

  it('needs K/α for one of K', () => {
    const { rejected, logThreshold } = eBenjaminiHochberg([Math.log(99), 0], 0.02);
    expect(placesOf(rejected)).toEqual([]);
    expect(Math.exp(logThreshold)).toBeCloseTo(100, 9);
    expect(placesOf(eBenjaminiHochberg([Math.log(101), 0], 0.02).rejected)).toEqual([0]);
    expect(placesOf(eBenjaminiHochberg([Math.log(51), Math.log(51)], 0.02).rejected)).toEqual([
      0, 1,
    ]);
  });

  it('gives a heavier metric more room', () => {
    const logEs = [Math.log(60), Math.log(60)];
    expect(placesOf(eBenjaminiHochberg(logEs, 0.01).rejected)).toEqual([]);
    expect(placesOf(eBenjaminiHochberg(logEs, 0.01, [9, 1]).rejected)).toEqual([]);
    expect(placesOf(eBenjaminiHochberg([Math.log(120), 0], 0.01, [9, 1]).rejected)).toEqual([0]);
  });

  it('bears extremes and emptiness', () => {
    expect(placesOf(eBenjaminiHochberg([1e4, -1e4], 0.01).rejected)).toEqual([0]);
    expect(placesOf(eBenjaminiHochberg([-Infinity], 0.01).rejected)).toEqual([]);
    expect(placesOf(eBenjaminiHochberg([], 0.01).rejected)).toEqual([]);
  });
});
