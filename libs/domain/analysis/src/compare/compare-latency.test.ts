import { describe, expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import fc from 'fast-check';
import type { Recall } from '../judge.js';
import type { LatencyHistogram, Measurement, Reading } from '../measurement.js';
import { aMeasurement } from '../testing/index.js';
import type { Comparison } from '../verdict.js';
import { compareLatency } from './compare-latency.js';

const upperBounds = [50, 100, 500];
const timed = (
  candidate: readonly number[],
  stable?: readonly number[],
  bounds: { readonly candidate?: readonly number[]; readonly stable?: readonly number[] } = {},
): Reading => {
  const sample = (counts: readonly number[], of: readonly number[] = upperBounds) => {
    const histogram: LatencyHistogram = { upperBounds: of, counts };
    return { value: 1, requests: counts.reduce((a, b) => a + b, 0), histogram };
  };
  return {
    kind: 'value',
    candidate: sample(candidate, bounds.candidate),
    ...(stable === undefined ? {} : { stable: sample(stable, bounds.stable) }),
  };
};
const looks = (readings: readonly Reading[]): readonly Measurement[] =>
  readings.map((reading, ordinal) => aMeasurement({ ordinal, reading }));
const compared = (readings: readonly Reading[], isAlone = false, recall?: Recall) =>
  compareLatency(
    looks(readings),
    { kind: 'latency', maxRatio: 1, minRequests: 100 },
    {
      alpha: 0.01,
      quantile: 0.9,
      isAlone,
      interval: duration(10_000),
      resolution: duration(0),
      recall,
    },
  );
const many = (reading: Reading, count: number) => Array.from({ length: count }, () => reading);

/** One in a hundred takes longer than 500 ms. */
const usual = [700, 200, 90, 10];
/** The same median; one in ten takes longer than 500 ms. */
const worseTail = [70, 20, 0, 10];
const healthy = timed([70, 20, 9, 1], usual);

describe('requests by latency', () => {
  it('show a worse tail behind the same median', () => {
    const found = compared(many(timed(worseTail, usual), 5));
    expect(found?.logE).toBeGreaterThan(Math.log(100));
    expect(found).toMatchObject({ judge: 'latency', isEnough: false });
    expect(found?.because).toContain('slower than 500 ms');
  });

  it('show nothing where both versions are alike', () => {
    const found = compared(many(healthy, 20));
    expect(found?.logE).toBeLessThan(0);
    expect(found).toMatchObject({ isEnough: true });
    expect(found?.estimate).toBeCloseTo(1, 2);
  });

  it('are enough when the candidate has as many as are asked for', () => {
    const half = timed([35, 10, 5, 0], usual);
    expect(compared([half])).toMatchObject({ candidate: { n: 50 }, isEnough: false });
    expect(compared([half, half])).toMatchObject({ candidate: { n: 100 }, isEnough: true });
  });
});

describe('buckets', () => {
  const others = { candidate: [50, 200, 500], stable: [50, 200, 500] };

  it('that change are told apart: those before the newest ones count no more', () => {
    const after = timed([70, 20, 9, 1], usual, others);
    expect(compared([...many(timed(worseTail, usual), 5), after])).toEqual(compared([after]));
  });

  it('that differ between the versions tell nothing of each other', () => {
    const uneven = timed(worseTail, usual, { candidate: [50, 200, 500] });
    expect(compared([uneven])).toBeUndefined();
    expect(compared([healthy, uneven])).toEqual(compared([healthy]));
  });

  it('of which there are none are not compared', () => {
    expect(compared([{ kind: 'value', candidate: { value: 5, requests: 9 } }])).toBeUndefined();
    expect(compared([{ kind: 'empty' }])).toBeUndefined();
  });
});

describe('looks without stable', () => {
  it('are left out, unless the candidate has all traffic', () => {
    const lonely = timed(worseTail);
    expect(compared([healthy, lonely])).toEqual(compared([healthy]));
    expect(compared([lonely])).toBeUndefined();
    expect(compared([lonely], true)).toMatchObject({ logE: 0, isEnough: true });
  });
});

it('gives no number that JSON has not', () => {
  const cases = [
    timed([0, 0, 0, 100], [900, 0, 0, 0]),
    timed([100, 0, 0, 0], [0, 0, 0, 900]),
    timed([1, 0, 0, 0], [1, 0, 0, 0]),
  ];
  for (const reading of cases) {
    const found = compared(many(reading, 30));
    expect(found).toBeDefined();
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  }
});

describe('a comparison that is recalled', () => {
  const counts = fc.array(fc.nat(40), { minLength: 4, maxLength: 4 });
  const reading = fc.tuple(counts, counts).map(([candidate, stable]) => timed(candidate, stable));
  /** Keeps the newest, and counts what was made. */
  const keeping = () => {
    let kept: readonly [string, Comparison] | undefined;
    let made = 0;
    const recall: Recall = (key, make) => {
      if (kept?.[0] === key) return kept[1];
      made += 1;
      kept = [key, make()];
      return kept[1];
    };
    return { recall, made: () => made };
  };

  it('is the one that would be made anew, after each look', () => {
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 60 }), (readings) => {
        const { recall } = keeping();
        for (let n = 1; n <= readings.length; n += 1) {
          const first = readings.slice(0, n);
          expect(compared(first, false, recall)).toEqual(compared(first));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is made anew where a look is another than it was, or its bounds', () => {
    const { recall, made } = keeping();
    compared(many(healthy, 3), false, recall);
    compared([...many(healthy, 2), timed(worseTail, usual)], false, recall);
    const others = { candidate: [50, 200, 500], stable: [50, 200, 500] };
    compared(many(timed([70, 20, 9, 1], usual, others), 3), false, recall);
    expect(made()).toBe(3);
  });

  it('is made once in twenty-five looks of a long step', () => {
    const { recall, made } = keeping();
    for (let n = 300; n <= 400; n += 1) compared(many(healthy, n), false, recall);
    expect(made()).toBe(4);
  });
});
