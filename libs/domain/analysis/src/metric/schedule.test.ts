import { expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import fc from 'fast-check';
import { dueAt, measuredSince, nextDue } from './schedule.js';
import { aMeasurement, aMetricCase, aMetricSpec } from '../testing/index.js';

it.each([
  [
    'a window later, when the weight was live on a multiple of the interval',
    0,
    0,
    10_000,
    0,
    10_000,
  ],
  ['at the next multiple of the interval', 1, 0, 10_000, 0, 20_000],
  ['a window and the delay after it', 0, 5_000, 60_000, 0, 70_000],
  ['an interval later each time', 0, 0, 10_000, 3, 40_000],
])('is due %s', (_, since, initialDelay, window, n, due) => {
  const spec = aMetricSpec({ initialDelay: duration(initialDelay), window: duration(window) });
  expect(dueAt(spec, instant(since), n)).toBe(due);
});

it('never looks at traffic from before the weight was live, and always falls on a second', () => {
  const length = fc.nat({ max: 600_000 }).map(duration);
  fc.assert(
    fc.property(
      fc.nat({ max: 2_000_000_000 }).map(instant),
      fc.record({ initialDelay: length, interval: length, window: length }),
      fc.nat({ max: 500 }),
      (since, lengths, n) => {
        const spec = aMetricSpec(lengths);
        const at = dueAt(spec, since, n);
        expect(at % 1_000).toBe(0);
        expect(at - spec.window).toBeGreaterThanOrEqual(since + spec.initialDelay);
        expect(at - dueAt(spec, since, n + 1)).toBeLessThanOrEqual(0);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('asks at the same moments for releases that went live within one interval', () => {
  const spec = aMetricSpec();
  expect(dueAt(spec, instant(1), 4)).toBe(dueAt(spec, instant(9_999), 4));
});

it('goes on after what was made, and begins anew when the weight was live anew', () => {
  const { spec, since, measurements } = aMetricCase(['passed', 'error', 'empty']);
  expect(nextDue(spec, since, measurements)).toBe(dueAt(spec, since, 3));
  const later = instant(since + 25_000);
  expect(nextDue(spec, later, measurements)).toBe(dueAt(spec, later, 0));
});

it('looks at no window twice when samples count from an earlier moment than before', () => {
  const { spec, since, measurements } = aMetricCase(['passed', 'passed', 'passed']);
  const last = measurements.at(-1)?.to;
  for (const earlier of [1, 9_999, 10_000, 25_000, 300_000]) {
    const next = nextDue(spec, instant(since - earlier), measurements);
    expect(next - spec.window).toBe(last);
  }
});

it('keeps a window that begins with the weight and drops one that began before', () => {
  const measurement = aMeasurement();
  expect(measuredSince([measurement], measurement.from)).toEqual([measurement]);
  expect(measuredSince([measurement], instant(measurement.from + 1))).toEqual([]);
});
