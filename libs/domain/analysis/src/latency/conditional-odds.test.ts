import { describe, expect, it } from '@jest/globals';
import { logGamma } from '../special-functions.js';
import { conditionalLogRatios } from './conditional-odds.js';

interface Margins {
  readonly slow: number;
  readonly fast: number;
  readonly X: number;
}

const logChoose = (n: number, k: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** ln of the probability of each possible count of slow requests of the candidate, by its definition. */
function distribution(
  { slow, fast, X }: Margins,
  odds: number,
): readonly (readonly [number, number])[] {
  const counts: number[] = [];
  for (let k = Math.max(0, X - fast); k <= Math.min(slow, X); k += 1) counts.push(k);
  const logs = counts.map((k) => logChoose(slow, k) + logChoose(fast, X - k) + k * Math.log(odds));
  const largest = Math.max(...logs);
  const total = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0);
  return counts.map((k, i) => [k, (logs[i] ?? 0) - largest - Math.log(total)] as const);
}

function meanOf({ slow, fast, X }: Margins, truth: number, alternative: number, allowed: number) {
  return distribution({ slow, fast, X }, truth).reduce((mean, [k, logProbability]) => {
    const table = { candidate: X, stable: slow + fast - X, slowCandidate: k, slowStable: slow - k };
    const [log = Number.NaN] = conditionalLogRatios(table, [alternative], allowed);
    return mean + Math.exp(logProbability + log);
  }, 0);
}

const margins: readonly Margins[] = [
  { slow: 1, fast: 9, X: 1 },
  { slow: 7, fast: 13, X: 5 },
  { slow: 30, fast: 20, X: 45 },
  { slow: 5, fast: 2000, X: 100 },
  { slow: 4000, fast: 6000, X: 5000 },
];

describe('the likelihood ratio of slow requests, given both sums', () => {
  it.each(margins)('has a mean of exactly 1 for the allowed odds ($slow, $fast, $X)', (sums) => {
    for (const [alternative, allowed] of [
      [2, 1],
      [10, 1],
      [3, 1.5],
      [1.25, 0.5],
      [0.2, 1],
    ] as const) {
      expect(meanOf(sums, allowed, alternative, allowed)).toBeCloseTo(1, 8);
    }
  });

  it.each(margins)('has a smaller one where the candidate is better ($slow, $fast, $X)', (sums) => {
    expect(meanOf(sums, 0.7, 3, 1)).toBeLessThan(1);
    expect(meanOf(sums, 1, 3, 1.5)).toBeLessThan(1);
  });

  it('has a larger one where the candidate is worse', () => {
    expect(meanOf({ slow: 7, fast: 13, X: 5 }, 2, 2, 1)).toBeGreaterThan(1.1);
  });

  it('is what it is by hand for one slow request of two', () => {
    const table = { candidate: 1, stable: 1, slowCandidate: 1, slowStable: 0 };
    expect(conditionalLogRatios(table, [3], 1)[0]).toBeCloseTo(Math.log(3 / 2), 14);
  });

  it.each([
    ['nothing was slow', { candidate: 5, stable: 9, slowCandidate: 0, slowStable: 0 }],
    ['everything was', { candidate: 5, stable: 9, slowCandidate: 5, slowStable: 9 }],
    ['the candidate got nothing', { candidate: 0, stable: 9, slowCandidate: 0, slowStable: 3 }],
    ['stable got nothing', { candidate: 5, stable: 0, slowCandidate: 2, slowStable: 0 }],
  ])('says nothing where %s', (_, table) => {
    expect(conditionalLogRatios(table, [2, 3], 1)).toEqual([0, 0]);
  });

  it('is a number for hundreds of millions of requests', () => {
    const table = { candidate: 1e8, stable: 9e8, slowCandidate: 1.1e7, slowStable: 9e7 };
    const [log = Number.NaN] = conditionalLogRatios(table, [1.11], 1);
    const [c, s] = [0.11, 0.1];
    const slow = 1.01e8 / 1e9;
    const expected = 1e8 * (c * Math.log(c / slow) + (1 - c) * Math.log((1 - c) / (1 - slow)));
    const rest = 9e8 * (s * Math.log(s / slow) + (1 - s) * Math.log((1 - s) / (1 - slow)));
    expect(log / (expected + rest)).toBeCloseTo(1, 3);
  });
});
