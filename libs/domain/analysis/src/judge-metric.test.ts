import { describe, expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import { judgeMetric } from './judge-metric.js';
import type { MetricCase } from './judge.js';
import type { Reading } from './measurement.js';
import type { MetricSpec } from './metric/metric-spec.js';
import { aMeasurement, aMetricCase } from './testing/index.js';
import { judgeByThreshold } from './threshold/threshold-judge.js';

const now = instant(1_900_000_000_000);
const counted = (candidate: number, errors: number, stable?: number): Reading => ({
  kind: 'value',
  candidate: { value: 100 * (1 - errors / candidate), requests: candidate, errors },
  ...(stable === undefined ? {} : { stable: { value: 100, requests: stable, errors: 1 } }),
});
const healthy = counted(100, 0, 900);
const empty: Reading = { kind: 'empty' };

const given = (
  readings: readonly Reading[],
  spec: Partial<MetricSpec> = {},
  change: Partial<MetricCase> = {},
): MetricCase => ({
  ...aMetricCase([], {
    min: 90,
    noData: { kind: 'hold', deadline: duration(60_000), then: 'pause' },
    judge: { kind: 'errorCount', maxRatio: 1, minRequests: 250 },
    ...spec,
  }),
  measurements: readings.map((reading, ordinal) => aMeasurement({ ordinal, reading })),
  ...change,
});
const judged = (...args: Parameters<typeof given>) => judgeMetric(given(...args), now);

it('is the threshold judge where nothing is compared', () => {
  const { judge: _none, ...spec } = given([healthy]).spec;
  for (const readings of [[], [healthy], [healthy, empty, counted(100, 90, 900)]]) {
    const one = { ...given(readings), spec };
    expect(judgeMetric(one, now)).toEqual(judgeByThreshold(one, now));
  }
});

describe('a metric that is compared', () => {
  it('passes with measurements and requests enough, and says what it saw', () => {
    expect(judged([healthy, healthy, healthy])).toMatchObject({
      kind: 'pass',
      because:
        'success-rate in eu: candidate 0 of 300 failed, stable 3 of 2,700: 0 times the rate, e = 0.25, stop at 100',
      evidence: { passed: 3, comparison: { candidate: { n: 300 }, stable: { n: 2_700 } } },
    });
  });

  it('runs on while requests are missing, and while measurements are', () => {
    const few = counted(80, 0, 720);
    expect(judged([few, few, few])).toMatchObject({ kind: 'running' });
    expect(judged([few, few, few, few])).toMatchObject({ kind: 'pass' });
    expect(judged([healthy])).toMatchObject({
      kind: 'running',
      because: 'success-rate in eu: 1 of 3 measurements made',
    });
  });

  it('is never failed by evidence of its own: others have a say', () => {
    const bad = counted(100, 9, 900);
    expect(judged([bad, bad, bad])).toMatchObject({
      kind: 'running',
      evidence: { comparison: { isEnough: false, logE: expect.any(Number) } },
    });
  });

  it('fails by its bounds, with the comparison as evidence', () => {
    expect(judged([counted(100, 20, 900)])).toMatchObject({
      kind: 'fail',
      because: expect.stringContaining('must be at least 90 %'),
      evidence: { comparison: { judge: 'errorCount' } },
    });
  });

  it('holds for missing data as any other metric', () => {
    expect(judged([healthy, empty])).toMatchObject({ kind: 'noData', then: 'pause' });
  });

  it('counts nothing of before the step', () => {
    const late = given([counted(100, 9, 900), healthy, healthy, healthy]);
    const since = late.measurements[1]?.from ?? now;
    expect(judgeMetric({ ...late, since }, now)).toMatchObject({
      kind: 'pass',
      evidence: { comparison: { candidate: { n: 300, errors: 0 } } },
    });
  });
});

it('compares only what was measured since it may be compared, and bounds all of the step', () => {
  const late = given([counted(100, 9, 900), healthy, healthy, healthy]);
  const comparedSince = late.measurements[1]?.from ?? now;
  expect(judgeMetric({ ...late, comparedSince }, now)).toMatchObject({
    evidence: { measured: 4, comparison: { candidate: { n: 300, errors: 0 } } },
  });
  const before = { ...late, comparedSince: instant(late.since - 1) };
  expect(judgeMetric(before, now)).toEqual(judgeMetric(late, now));
});

describe('where nobody counts stable', () => {
  const alone = counted(100, 3);
  const three = [alone, alone, alone];

  it('nothing passes', () => {
    expect(judged(three)).toMatchObject({
      kind: 'running',
      because: 'success-rate in eu: nothing of both versions to compare yet',
    });
  });

  it('it passes where missing data are to be ignored', () => {
    expect(judged(three, { noData: { kind: 'ignore' } })).toMatchObject({ kind: 'pass' });
  });

  it('it passes where the candidate has all traffic', () => {
    expect(judged(three, {}, { isAlone: true })).toMatchObject({ kind: 'pass' });
  });

  it.each<MetricSpec['judge']>([
    { kind: 'latency', maxRatio: 1, minRequests: 1 },
    { kind: 'mannWhitney', direction: 'increase', minPoints: 3 },
    { kind: 'kayenta', direction: 'increase' },
  ])('nothing passes by any judge: $kind', (judge) => {
    const by = judge === undefined ? {} : { judge };
    expect(judged(three, by)).toMatchObject({ kind: 'running' });
    expect(judged(three, by, { isAlone: true })).toMatchObject({ kind: 'pass' });
  });
});

it('fails at once where Kayenta’s judge says so: it keeps no α', () => {
  const wide = (value: number): Reading => ({
    kind: 'value',
    candidate: { value: 10 * value },
    stable: { value },
  });
  const readings = [93, 95, 97, 99, 91, 96, 94, 92, 98, 90].map(wide);
  const { min: _min, ...spec } = given([]).spec;
  const kayenta = {
    ...spec,
    count: 10,
    judge: { kind: 'kayenta', direction: 'increase' },
  } as const;
  expect(judgeMetric({ ...given(readings), spec: kayenta }, now)).toMatchObject({
    kind: 'fail',
    because: expect.stringMatching(/^success-rate in eu: candidate median .*: High$/),
    evidence: { comparison: { judge: 'kayenta' } },
  });
});
