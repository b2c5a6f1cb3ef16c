import { expect, it } from '@jest/globals';
import { zeroin } from './zeroin.js';

/** The zero, and where the function was asked on the way. */
function traced(f: (x: number) => number, low: number, high: number) {
  const asked: number[] = [];
  const watched = (x: number): number => {
    asked.push(x);
    return f(x);
  };
  const zero = zeroin(watched, { x: low, y: f(low) }, { x: high, y: f(high) });
  return { zero, asked };
}

it('finds a zero to within its tolerance, in few steps', () => {
  const { zero, asked } = traced((x) => x ** 3 - 2, 0, 4);
  expect(Math.abs(zero - 2 ** (1 / 3))).toBeLessThan(1e-4);
  expect(asked.length).toBeLessThan(12);
});

it('asks nothing where an end is a zero', () => {
  expect(traced((x) => x, 0, 4)).toEqual({ zero: 0, asked: [] });
  expect(traced((x) => x, -4, 0)).toEqual({ zero: 0, asked: [] });
});

it('stops at the first point of a plateau that it meets', () => {
  const { zero, asked } = traced((x) => (x < 1 ? 3 : x > 3 ? -1 : 0), 0, 4);
  expect(zero).toBe(3);
  expect(asked).toEqual([3]);
});

it('closes in on a step that has no zero, and halves there', () => {
  const { zero, asked } = traced((x) => (x < Math.SQRT2 ? 1 : -1), 0, 2);
  expect(Math.abs(zero - Math.SQRT2)).toBeLessThan(1e-4);
  expect(asked.slice(0, 2)).toEqual([1, 1.5]);
});
