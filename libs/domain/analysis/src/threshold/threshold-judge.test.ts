import { describe, expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import type { MetricSpec } from '../metric/metric-spec.js';
import { aMeasurement, aMetricCase, aReading, type ReadingKind } from '../testing/index.js';
import { judgeByThreshold } from './threshold-judge.js';
import type { Verdict } from '../verdict.js';

const now = instant(1_900_000_000_000);
const kinds: Readonly<Record<string, ReadingKind>> = {
  p: 'passed',
  f: 'failed',
  b: 'tooFew',
  e: 'empty',
  n: 'notANumber',
  x: 'error',
};
/** `ppf`: passed, passed, failed; b = below the minimum sample, e = empty, n = not a number, x = error. */
const given = (series: string, spec: Partial<MetricSpec> = {}) =>
  aMetricCase(
    Array.from(series, (letter) => kinds[letter] ?? 'error'),
    spec,
  );
const judge = (series: string, spec: Partial<MetricSpec> = {}): Verdict =>
  judgeByThreshold(given(series, spec), now);

const hold = { kind: 'hold', deadline: duration(60_000), then: 'rollback' } as const;
type Row = readonly [series: string, spec: Partial<MetricSpec>, verdict: Verdict['kind']];

describe('passes', () => {
  it.each<Row>([
    ['ppp', {}, 'pass'],
    ['pp', {}, 'running'],
    ['', {}, 'running'],
    ['pfp', { failureLimit: 1 }, 'pass'],
    ['ppxp', { consecutiveErrorLimit: 1 }, 'pass'],
    ['pppp', {}, 'pass'],
    ['eee', {}, 'pass'],
    ['ppb', {}, 'pass'],
    ['pbp', { noData: hold }, 'running'],
    ['pbpp', { noData: hold }, 'pass'],
  ])('"%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });
});

describe('fails when more failed than may', () => {
  it.each<Row>([
    ['f', {}, 'fail'],
    ['f', { failureLimit: 1 }, 'running'],
    ['ff', { failureLimit: 1 }, 'fail'],
    ['fpf', { failureLimit: 1 }, 'fail'],
    ['pff', { failureLimit: 2 }, 'pass'],
    ['fpppp', {}, 'fail'],
    ['fx', {}, 'fail'],
    ['fe', { noData: hold }, 'fail'],
    ['e', { noData: { kind: 'fail' } }, 'fail'],
    ['en', { noData: { kind: 'fail' }, failureLimit: 1 }, 'fail'],
    ['eb', { noData: { kind: 'fail' }, failureLimit: 2 }, 'running'],
    ['fb', { noData: { kind: 'fail' }, failureLimit: 1 }, 'fail'],
    ['x', { noData: { kind: 'fail' }, consecutiveErrorLimit: 1 }, 'running'],
  ])('"%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });
});

describe('sees that there is no data any more', () => {
  it.each<Row>([
    ['ppp' + 'e'.repeat(6), { noData: hold }, 'pass'],
    ['ppp' + 'e'.repeat(7), { noData: hold }, 'noData'],
    ['ppp' + 'e'.repeat(7) + 'p', { noData: hold }, 'pass'],
    ['ppp' + 'e'.repeat(9), {}, 'pass'],
  ])('after it had passed: "%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });
});

describe('is inconclusive when more measurements said nothing than may', () => {
  it.each<Row>([
    ['eb', { inconclusiveLimit: 1, noData: hold }, 'inconclusive'],
    ['pen', { inconclusiveLimit: 1 }, 'inconclusive'],
    ['ppep', { inconclusiveLimit: 1, noData: hold }, 'pass'],
    ['pxp', { inconclusiveLimit: 0, consecutiveErrorLimit: 1 }, 'running'],
    ['fee', { inconclusiveLimit: 1 }, 'fail'],
  ])('"%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });
});

describe('is inconclusive when more queries in a row went wrong than may', () => {
  it.each<Row>([
    ['x', {}, 'inconclusive'],
    ['x', { consecutiveErrorLimit: 1 }, 'running'],
    ['xx', { consecutiveErrorLimit: 1 }, 'inconclusive'],
    ['xpx', { consecutiveErrorLimit: 1 }, 'running'],
    ['xex', { consecutiveErrorLimit: 1 }, 'running'],
    ['xxp', { consecutiveErrorLimit: 1 }, 'running'],
    ['pppxx', { consecutiveErrorLimit: 1 }, 'inconclusive'],
    ['xx', { consecutiveErrorLimit: 1, noData: hold }, 'inconclusive'],
  ])('"%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });
});

describe('has no data when the newest measurements have none and the policy is to hold', () => {
  it.each<Row>([
    ['e', { noData: hold }, 'noData'],
    ['b', { noData: hold }, 'noData'],
    ['n', { noData: hold }, 'noData'],
    ['pe', { noData: hold }, 'noData'],
    ['ep', { noData: hold }, 'running'],
    ['ppp', { noData: hold }, 'pass'],
    ['pppe', { noData: hold }, 'pass'],
    ['ex', { noData: hold, consecutiveErrorLimit: 1 }, 'noData'],
    ['px', { noData: hold, consecutiveErrorLimit: 1 }, 'running'],
    ['e', { noData: { kind: 'ignore' } }, 'running'],
  ])('"%s" with %j: %s', (series, spec, verdict) => {
    expect(judge(series, spec).kind).toBe(verdict);
  });

  it.each([
    ['e', 0],
    ['eee', 0],
    ['pebn', 1],
    ['epe', 2],
    ['exe', 0],
    ['pxe', 2],
  ])('after "%s" the deadline counts from measurement %d', (series, first) => {
    const { measurements } = given(series);
    const until = (measurements[first]?.to ?? 0) + hold.deadline;
    const spec = { noData: hold, consecutiveErrorLimit: 1 };
    expect(judge(series, spec)).toMatchObject({ kind: 'noData', until, then: 'rollback' });
  });

  it('says what follows when it lasts', () => {
    const noData = { ...hold, then: 'pause' } as const;
    expect(judge('e', { noData })).toMatchObject({ then: 'pause' });
  });
});

describe('tells apart', () => {
  const one = (value: number, requests?: number, spec: Partial<MetricSpec> = {}) => {
    const candidate = { value, ...(requests === undefined ? {} : { requests }) };
    const measurements = [aMeasurement({ reading: { kind: 'value', candidate } })];
    return judgeByThreshold({ ...aMetricCase([], { count: 1, ...spec }), measurements }, now);
  };

  it.each<[string, number, Partial<MetricSpec>, object]>([
    ['a value on the lower bound, which passes', 99, {}, { passed: 1 }],
    ['a value just below it', 98.999, {}, { failed: 1 }],
    ['a value on the upper bound, which passes', 500, { min: 0, max: 500 }, { passed: 1 }],
    ['a value just above it', 500.001, { min: 0, max: 500 }, { failed: 1 }],
    [
      'an infinite value, of which storing makes null',
      Number.POSITIVE_INFINITY,
      {},
      { notANumber: 1 },
    ],
    ['a value that is NaN', Number.NaN, {}, { notANumber: 1, failed: 0, passed: 0 }],
    ['a value that storing made null', null as never, { min: 0 }, { notANumber: 1, passed: 0 }],
  ])('%s', (_, value, spec, evidence) => {
    expect(one(value, 100, spec).evidence).toMatchObject(evidence);
  });

  it.each([
    [20, { passed: 1, belowMinSample: 0 }],
    [19, { passed: 0, belowMinSample: 1 }],
    [0, { passed: 0, belowMinSample: 1 }],
    [undefined, { passed: 1, belowMinSample: 0 }],
  ])('%j requests, where 20 are needed', (requests, evidence) => {
    expect(one(99.9, requests).evidence).toMatchObject(evidence);
  });

  it('empty, NaN, too few and errors', () => {
    expect(judge('enbxx', { consecutiveErrorLimit: 9 }).evidence).toMatchObject({
      measured: 5,
      empty: 1,
      notANumber: 1,
      belowMinSample: 1,
      consecutiveErrors: 2,
    });
  });
});

describe('counts only what was measured since the weight was live', () => {
  const old = aMeasurement({ reading: aReading('failed') });
  const young = aMeasurement({ ordinal: 1 });
  it.each([
    ['from just before', instant(old.from + 1), { measured: 1, failed: 0 }],
    ['from that very moment', old.from, { measured: 2, failed: 1 }],
  ])('a window %s', (_, since, evidence) => {
    const verdict = judgeByThreshold({ ...aMetricCase(), since, measurements: [old, young] }, now);
    expect(verdict.evidence).toMatchObject(evidence);
  });

  it('and so forgets errors of before', () => {
    const errors = given('xx').measurements;
    const since = instant(now - 1);
    expect(judgeByThreshold({ ...given(''), since, measurements: errors }, now)).toMatchObject({
      kind: 'running',
      evidence: { consecutiveErrors: 0, measured: 0 },
    });
  });
});
