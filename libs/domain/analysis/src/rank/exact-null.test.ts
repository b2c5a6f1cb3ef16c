import { expect, it } from '@jest/globals';
import { exactLowerTail, hasExactNull } from './exact-null.js';

/** U of each way to give m of the ranks 1 to m + n to the candidate. */
function allStatistics(m: number, n: number): number[] {
  if (m === 0 || n === 0) return [0];
  const candidateIsLargest = allStatistics(m - 1, n).map((u) => u + n);
  return [...candidateIsLargest, ...allStatistics(m, n - 1)];
}

it.each([
  [1, 1],
  [3, 2],
  [4, 4],
  [2, 7],
  [6, 5],
])('counts all orders of %i and %i values', (m, n) => {
  const all = allStatistics(m, n);
  const atMost = exactLowerTail(m, n);
  for (let u = -1; u <= m * n; u += 1) {
    expect(atMost(u)).toBeCloseTo(all.filter((of) => of <= u).length / all.length, 14);
  }
});

it('keeps its digits far out in the tail', () => {
  // 1 / C(60, 30), and 1 / C(98, 49).
  expect(exactLowerTail(30, 30)(0)).toBeCloseTo(1 / 118264581564861424, 30);
  expect(exactLowerTail(49, 49)(0) * 2.547761225898085e28).toBeCloseTo(1, 12);
});

it('is used below 50 values of each version, as in R', () => {
  expect([hasExactNull(49, 49), hasExactNull(50, 3), hasExactNull(3, 50)]).toEqual([
    true,
    false,
    false,
  ]);
});
