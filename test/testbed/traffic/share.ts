import { expect } from '@jest/globals';
import { binomialInterval, type Tally } from '../src/data-plane/index.js';

/** Enough that a share that is a tenth of itself off does not pass for chance. */
export const many = 5_000;

/** Within what 999 of 1,000 fair draws give. */
export function expectShare(count: number, n: number, share: number): void {
  const { low, high } = binomialInterval(n, share);
  expect(count).toBeGreaterThanOrEqual(low);
  expect(count).toBeLessThanOrEqual(high);
}

/** All were answered, and the candidate had its share. */
export function expectSplit(tally: Tally, share: number): void {
  expect(tally.failed).toEqual([]);
  expect(tally.version('v1') + tally.version('v2')).toBe(tally.total);
  expectShare(tally.version('v2'), tally.total, share);
}

/** What came of `n` tries, 32 at a time. */
export async function inTurns<T>(n: number, once: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  let left = n;
  const goOn = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      all.push(await once());
    }
  };
  await Promise.all(Array.from({ length: 32 }, goOn));
  return all;
}
