import { describe, expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import fc from 'fast-check';
import type { LatencyHistogram, Measurement, Reading } from '../measurement.js';
import { aMeasurement } from '../testing/index.js';
import { compareLatency } from './compare-latency.js';
import type { FollowedLatency, Recall } from './recall.js';

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

describe('a case that is followed', () => {
  /** Keeps where it was left, and counts what was made. */
  const keeping = (change: (left: FollowedLatency) => FollowedLatency = (left) => left) => {
    let kept: FollowedLatency | undefined;
    let made = 0;
    const recall: Recall = (follow) => {
      const before = kept && change(kept);
      const reached = follow(before);
      if (reached !== before) made += 1;
      kept = reached;
      return reached;
    };
    return { recall, kept: () => kept, made: () => made };
  };
  const count = fc.oneof(fc.nat(40), fc.double({ min: 0, max: 40, noNaN: true }));
  const counts = fc.array(count, { minLength: 4, maxLength: 4 });
  const reading = fc.tuple(counts, counts).map(([candidate, stable]) => timed(candidate, stable));

  it('comes to what it comes to from the first look on, to the last digit, however often it is looked at', () => {
    const steps = fc.array(fc.tuple(reading, fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (taken) => {
        const [followed, readings] = [keeping(), taken.map(([one]) => one)];
        for (const [i, [, isLookedAt]] of taken.entries()) {
          if (!isLookedAt) continue;
          const anew = keeping();
          compared(readings.slice(0, i + 1), false, followed.recall);
          compared(readings.slice(0, i + 1), false, anew.recall);
          expect(followed.kept()).toStrictEqual(anew.kept());
        }
      }),
      { numRuns: 50 },
    );
  });

  it('goes on from where it was left, and follows no block again', () => {
    const { recall, kept } = keeping((left) => ({
      ...left,
      slower: { ...left.slower, logEs: left.slower.logEs.map(() => -1) },
    }));
    for (const n of [5, 7]) compared(many(healthy, n), false, recall);
    const { slower } = kept() ?? {};
    expect(slower?.logEs).toHaveLength(7);
    expect(slower?.logEs.slice(0, 5)).toEqual([-1, -1, -1, -1, -1]);
  });

  it.each([
    ['a look is another than it was', [...many(healthy, 2), timed(worseTail, usual)]],
    ['a look is not there any more', many(healthy, 2)],
    [
      'its bounds are others',
      many(timed([70, 20, 9, 1], usual, { candidate: [5, 20, 50], stable: [5, 20, 50] }), 4),
    ],
  ])('is followed anew where %s', (_, readings) => {
    const { recall } = keeping();
    compared(many(healthy, 3), false, recall);
    expect(compared(readings, false, recall)).toEqual(compared(readings));
  });

  it('is compared once in twenty-five looks of a long step', () => {
    const { recall, made } = keeping();
    for (let n = 300; n <= 400; n += 1) compared(many(healthy, n), false, recall);
    expect(made()).toBe(4);
  });
});
