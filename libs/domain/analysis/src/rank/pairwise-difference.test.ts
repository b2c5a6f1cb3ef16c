import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differenceAt, medianDifference } from './pairwise-difference.js';
import { ascending } from './rank-sum.js';

const scale = fc.constantFrom(1, 1e-9, 1e9, 1e-300);
const arm = fc.oneof(
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }),
  fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 9 }),
);

const listed = (x: readonly number[], y: readonly number[]): number[] =>
  x.flatMap((a) => y.map((b) => a - b)).toSorted((a, b) => a - b);

it('finds each difference that a sorted list of all of them would have', () => {
  fc.assert(
    fc.property(arm, arm, scale, (x, y, factor) => {
      const [a, b] = [x.map((value) => value * factor), y.map((value) => value * factor)];
      const found = listed(a, b).map((_, index) =>
        differenceAt(ascending(a), ascending(b), index + 1),
      );
      // Adding 0 makes 0 of −0.
      expect(found).toEqual(listed(a, b).map((value) => value + 0));
    }),
  );
});

it('takes the middle of two middle differences as their median', () => {
  fc.assert(
    fc.property(arm, arm, (x, y) => {
      const all = listed(x, y);
      const middle = (all.length - 1) / 2;
      const low = all[Math.floor(middle)] ?? NaN;
      const high = all[Math.ceil(middle)] ?? NaN;
      expect(medianDifference(ascending(x), ascending(y))).toBeCloseTo((low + high) / 2, 9);
    }),
  );
});

it('gives the opposite median when arms are swapped', () => {
  fc.assert(
    fc.property(arm, arm, (x, y) => {
      const [a, b] = [ascending(x), ascending(y)];
      expect(medianDifference(a, b) + medianDifference(b, a)).toBe(0);
    }),
  );
});
