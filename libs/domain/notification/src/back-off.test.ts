import { expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { backOff, mostAttempts } from './back-off.js';

it.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [12, 2_048_000],
  [13, 3_600_000],
  [1_000, 3_600_000],
])('waits after failure %d for %d ms', (failures, ms) => {
  expect(backOff(failures)).toBe(ms);
});

it('waits longer when the other side asks for it, and an hour at most', () => {
  expect(backOff(1, duration(30_000))).toBe(30_000);
  expect(backOff(6, duration(1_000))).toBe(32_000);
  expect(backOff(1, duration(86_400_000))).toBe(3_600_000);
});

it('gives up only after half a day', () => {
  const waits = Array.from({ length: mostAttempts - 1 }, (_, index) => backOff(index + 1));
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(12);
  expect(hours).toBeLessThan(24);
});
