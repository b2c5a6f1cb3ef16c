import { expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import type { Reading } from '../measurement.js';
import type { MetricSpec } from '../metric/metric-spec.js';
import { aMeasurement, aMetricCase, aReading, type ReadingKind } from '../testing/index.js';
import { judgeByThreshold } from './threshold-judge.js';

const now = instant(1_900_000_000_000);
const value = (candidate: number, stable?: number): Reading => ({
  kind: 'value',
  candidate: { value: candidate, requests: 410 },
  ...(stable === undefined ? {} : { stable: { value: stable } }),
});
const says = (readings: readonly (ReadingKind | Reading)[], spec: Partial<MetricSpec> = {}) => {
  const measurements = readings.map((reading, ordinal) =>
    aMeasurement({ ordinal, reading: typeof reading === 'string' ? aReading(reading) : reading }),
  );
  return judgeByThreshold({ ...aMetricCase([], spec), measurements }, now).because;
};
const hold = (then: 'pause' | 'rollback') =>
  ({ noData: { kind: 'hold', deadline: duration(600_000), then } }) as const;

it('says how far it is', () => {
  expect(says(['passed'])).toBe('success-rate in eu: 1 of 3 measurements made');
});

it('says with which figures it failed, beside stable', () => {
  expect(says(['passed', value(95.238, 99.94)])).toBe(
    'success-rate in eu: 1 of 2 measurements failed, the last was 95.24 % (stable 99.94 %), 510 requests in all, must be at least 99 %, 0 may fail',
  );
});

it('says which failures are missing data', () => {
  expect(says(['empty'], { noData: { kind: 'fail' } })).toBe(
    'success-rate in eu: 1 of 1 measurements failed, 1 of them without data, none gave a value, must be at least 99 %, 0 may fail',
  );
});

it('says with which figures it passed, in the unit of the query', () => {
  const query = { kind: 'requestLatency', quantile: 0.99 } as const;
  expect(says([value(412.5)], { query, min: 100, max: 500, count: 1 })).toBe(
    'success-rate in eu: 1 of 1 measurements passed, the last was 412.5 ms, 410 requests in all, must be between 100 and 500 ms',
  );
});

it('gives an upper bound alone, and a query of its own no unit', () => {
  const query = { kind: 'promql', template: 'x' } as const;
  const candidate = { value: 7 };
  const { min: _min, ...spec } = { ...aMetricCase().spec, query, max: 5 };
  const measurements = [aMeasurement({ reading: { kind: 'value', candidate } })];
  expect(judgeByThreshold({ ...aMetricCase(), spec, measurements }, now).because).toBe(
    'success-rate in eu: 1 of 1 measurements failed, the last was 7, must be at most 5, 0 may fail',
  );
});

it('names no bound of a metric that has none, because it is only compared', () => {
  const { min: _min, ...spec } = aMetricCase().spec;
  const measurements = [aMeasurement()];
  expect(
    judgeByThreshold({ ...aMetricCase(), spec: { ...spec, count: 1 }, measurements }, now).because,
  ).toBe(
    'success-rate in eu: 1 of 1 measurements passed, the last was 99.5 %, 100 requests in all',
  );
});

it('repeats what the metrics backend said', () => {
  expect(says(['passed', 'error'])).toBe(
    'success-rate in eu: 1 queries in a row went wrong: connection refused',
  );
});

it.each<[ReadingKind, string]>([
  ['empty', 'no samples'],
  ['notANumber', 'the answer is not a number'],
  ['tooFew', '19 requests in the window, 20 are needed'],
])('says of %s why that is no data, and what follows', (reading, why) => {
  expect(says([reading], hold('pause'))).toBe(
    `success-rate in eu: ${why}; pauses when it lasts 10m`,
  );
  expect(says([reading], hold('rollback'))).toBe(
    `success-rate in eu: ${why}; rolls back when it lasts 10m`,
  );
});

it('shows no value that is not a number', () => {
  expect(says([value(99.5), value(Number.NaN)], { count: 9 })).not.toContain('NaN');
  expect(says([value(Number.NaN)], { noData: { kind: 'fail' } })).not.toContain('NaN');
});
