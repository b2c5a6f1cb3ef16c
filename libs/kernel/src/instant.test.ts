import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  after,
  duration,
  earliest,
  formatDuration,
  instant,
  laterThan,
  parseDuration,
} from './instant.js';

it.each([
  ['90s', 90_000],
  ['1m30s', 90_000],
  ['500ms', 500],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['1.5h', 5_400_000],
  ['0s', 0],
  ['30s1m', 90_000],
])('reads %s as %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(['', '5', 's', '-1s', '1 s', '1S', '1.s', '.5s', '1w', '1m 30s', '1e3s', '1s\n', '٣s'])(
  'does not read %j as a duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

it('does not read a duration that no number can hold', () => {
  expect(parseDuration(`${'9'.repeat(400)}d`)).toBeUndefined();
});

it.each([
  [0, '0s'],
  [90_000, '1m30s'],
  [60_000, '1m'],
  [1_001, '1s1ms'],
  [86_400_000, '1d'],
])('writes %d ms as %s', (ms, text) => {
  expect(formatDuration(duration(ms))).toBe(text);
});

it('reads back every whole number of milliseconds that it writes', () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 * 365 * 86_400_000 }), (ms) => {
      expect(parseDuration(formatDuration(duration(ms)))).toBe(ms);
    }),
    { numRuns: 1_000 },
  );
});

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a duration', (ms) => {
  expect(() => duration(ms)).toThrow(`not a duration: ${ms}`);
});

it.each([Number.NaN, Number.NEGATIVE_INFINITY])('refuses %d as a moment', (ms) => {
  expect(() => instant(ms)).toThrow(`not a moment: ${ms}`);
});

it('adds lengths to a moment', () => {
  expect(after(instant(1_000), 200, 30, 4)).toBe(1_234);
});

it('finds the earliest of the moments that come, and none when none comes', () => {
  expect(earliest([instant(3), undefined, instant(2)])).toBe(2);
  expect(earliest([undefined])).toBeUndefined();
});

it.each([
  [undefined, 5, 5],
  [4, 5, 5],
  [5, 5, 6],
  [9, 5, 10],
])('after %d, it is at %d later than before at %d', (before, now, later) => {
  const previous = before === undefined ? undefined : instant(before);
  expect(laterThan(previous, instant(now))).toBe(later);
});
