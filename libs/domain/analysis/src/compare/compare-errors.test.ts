import { describe, expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { countLogE } from '../counts/index.js';
import type { Measurement, Reading } from '../measurement.js';
import type { MetricJudge } from '../metric/metric-spec.js';
import { aMeasurement } from '../testing/index.js';
import { compareErrors } from './compare-errors.js';

const counts = ([requests, errors]: readonly [number, number]) => ({
  value: 100 * (1 - errors / requests),
  requests,
  errors,
});
const counted = (
  candidate: readonly [number, number],
  stable?: readonly [number, number],
): Reading => ({
  kind: 'value',
  candidate: counts(candidate),
  ...(stable === undefined ? {} : { stable: counts(stable) }),
});
const looks = (...readings: readonly Reading[]): readonly Measurement[] =>
  readings.map((reading, ordinal) => aMeasurement({ ordinal, reading }));

type Judge = Extract<MetricJudge, { kind: 'errorCount' }>;
const judge: Judge = { kind: 'errorCount', maxRatio: 1, minRequests: 100 };

const usual = { alpha: 0.01, isAlone: false, hasOwnShare: false, resolution: duration(0) };
const compared = (readings: readonly Reading[], change: Partial<Judge> = {}, isAlone = false) =>
  compareErrors(looks(...readings), { ...judge, ...change }, { ...usual, isAlone });

describe('error counts', () => {
  it('are those of all looks of the step together', () => {
    const inOne = compared([counted([2_010, 41], [18_204, 38])]);
    const inThree = compared([
      counted([10, 1], [204, 0]),
      counted([1_000, 20], [9_000, 18]),
      counted([1_000, 20], [9_000, 20]),
    ]);
    expect(inThree).toEqual(inOne);
    expect(inOne).toMatchObject({
      judge: 'errorCount',
      candidate: { n: 2_010, errors: 41 },
      stable: { n: 18_204, errors: 38 },
    });
    expect(inOne?.because).toMatch(
      /^candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate, e = 10\^\d+, stop at 100$/,
    );
  });

  it('give the e-value of the exposure that was counted', () => {
    const { logE, estimate, low, high } = compared([counted([1_000, 9], [9_000, 45])]) ?? {};
    const expected = countLogE({ x: 9, n: 54, p0: 0.1, prior: { a: 1, b: 1 }, sides: 'one' });
    expect(logE).toBeCloseTo(expected, 10);
    expect(estimate).toBeCloseTo(1.8, 6);
    expect(low).toBeLessThan(1.8);
    expect(high).toBeGreaterThan(1.8);
  });

  it('of looks without data, with NaN or with an error are none', () => {
    const one = counted([1_000, 9], [9_000, 45]);
    const none: readonly Reading[] = [
      { kind: 'empty' },
      { kind: 'notANumber' },
      { kind: 'error', message: 'down' },
    ];
    expect(compared([...none, one, ...none])).toEqual(compared([one]));
    expect(compared(none)).toBeUndefined();
    expect(compared([])).toBeUndefined();
  });

  it('are not compared where the query counts none', () => {
    expect(compared([{ kind: 'value', candidate: { value: 99 } }])).toBeUndefined();
  });
});

describe('looks without stable', () => {
  const before = counted([1_000, 5], [9_000, 45]);
  /** Everybody fails, and nobody counts stable. */
  const outage = counted([100, 20]);

  it('are left out: what fails then is not held against another time', () => {
    expect(compared([before, outage, outage])).toEqual(compared([before]));
    expect(compared([before, counted([100, 20], [900, 180])])?.logE).toBeLessThan(0);
  });

  it('leave nothing to compare where there are no others', () => {
    expect(compared([outage])).toBeUndefined();
  });

  it('count where the candidate has all traffic', () => {
    expect(compared([outage, outage], {}, true)).toMatchObject({
      candidate: { n: 200, errors: 40 },
      stable: { n: 0 },
      logE: 0,
      isEnough: true,
    });
  });
});

describe('it is enough', () => {
  it.each([
    [99, false],
    [100, true],
  ])('with %i requests of the candidate where 100 are asked for: %s', (requests, isEnough) => {
    expect(compared([counted([requests, 0], [900, 1])])).toMatchObject({ isEnough });
    expect(compared([counted([requests, 0])], {}, true)).toMatchObject({ isEnough });
  });

  it('not while this cluster alone looks like harm', () => {
    const found = compared([counted([1_000, 40], [9_000, 45])]);
    expect(found?.logE).toBeGreaterThan(Math.log(100));
    expect(found?.isEnough).toBe(false);
  });

  it('only when the ratio is shown to be below the margin, where there is one', () => {
    const margin = { nonInferiorityMargin: 2 };
    const few = compared([counted([1_000, 5], [9_000, 45])], margin);
    const many = compared([counted([100_000, 500], [900_000, 4_500])], margin);
    expect([few?.isEnough, many?.isEnough]).toEqual([false, true]);
    expect(few?.because).toContain('must be below 2');
  });
});

it('gives no number that JSON has not', () => {
  const cases: readonly (readonly Reading[])[] = [
    [counted([100, 100], [1, 0])],
    [counted([1, 1], [1e12, 0])],
    [counted([1e12, 1e12], [1e12, 0])],
    [counted([100, 0], [900, 900])],
    [counted([0.4, 0], [0.2, 0.1])],
  ];
  for (const readings of cases) {
    const found = compared(readings);
    expect(found).toBeDefined();
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  }
});

describe('evidence', () => {
  const calm = counted([1_000, 5], [9_000, 45]);
  /** The same burst, seen by the candidate's scrape first. */
  const first = counted([1_000, 45], [9_000, 45]);
  const then = counted([1_000, 5], [9_000, 405]);
  const scraped = (readings: readonly Reading[], seconds: number) =>
    compareErrors(looks(...readings), judge, {
      ...usual,
      resolution: duration(seconds * 1_000),
    })?.logE ?? 0;

  it('must last as long as a scrape takes: a burst reaches one version first', () => {
    const before = Array.from({ length: 6 }, () => calm);
    expect(scraped([...before, first], 0)).toBeGreaterThan(Math.log(100));
    expect(scraped([...before, first], 15)).toBeLessThan(0);
    expect(scraped([...before, first, then], 15)).toBeLessThan(0);
  });

  it('is there once it has lasted', () => {
    expect(scraped([calm, first, first, first, first], 15)).toBeGreaterThan(Math.log(100));
  });

  it('is none before a scrape is over', () => {
    expect(scraped([first], 15)).toBe(0);
  });
});

describe('where the share of the candidate wanders', () => {
  /** More requests for the candidate in the bad times of both. */
  const good = counted([100, 1], [9_900, 99]);
  const bad = counted([5_000, 500], [5_000, 500]);
  const wandering = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? good : bad));
  const given = (hasOwnShare: boolean, readings: readonly Reading[] = wandering) =>
    compareErrors(looks(...readings), judge, { ...usual, hasOwnShare })?.logE ?? 0;

  it('the sums look like harm, and each time by itself does not', () => {
    expect(given(false)).toBeGreaterThan(Math.log(100));
    expect(given(true)).toBeLessThan(0);
  });

  it('harm is found as well', () => {
    const harm = counted([1_000, 20], [9_000, 90]);
    const readings = Array.from({ length: 20 }, () => harm);
    expect(given(true, readings)).toBeGreaterThan(Math.log(100));
  });
});
