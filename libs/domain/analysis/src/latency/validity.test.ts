import { describe, expect, it } from '@jest/globals';
import { judgeEquality } from './equality.js';
import {
  defaultLatencySettings,
  type LatencyLook,
  type LatencyMeasurements,
} from './measurements.js';
import { followSlower } from './slower.js';

const upperBounds = [10, 100];

/** Which bucket each request of two looks fell into. */
const latencies = [
  [0, 0, 1, 1, 2, 2],
  [0, 1, 1, 2, 2],
];
const requests = latencies.flat().length;

/** Looks in which request i is the candidate's where bit i is set. */
function looksOf(arms: number): LatencyMeasurements {
  let at = 0;
  const looks = latencies.map((look): LatencyLook => {
    const candidate = [0, 0, 0];
    const stable = [0, 0, 0];
    for (const bucket of look) {
      const arm = (arms >> at) & 1 ? candidate : stable;
      arm[bucket] = (arm[bucket] ?? 0) + 1;
      at += 1;
    }
    return { candidate, stable };
  });
  return { upperBounds, looks };
}

const all = Array.from({ length: 2 ** requests }, (_, arms) => arms);

function probability(arms: number, w: number): number {
  const ones = arms.toString(2).replaceAll('0', '').length;
  return w ** ones * (1 - w) ** (requests - ones);
}

describe.each([0.05, 0.3, 0.5])('all ways to share out 11 requests with weight %d', (w) => {
  const settings = { ...defaultLatencySettings, alternatives: [2, 5, 10] };
  const slower = all.map((arms) => followSlower(looksOf(arms), settings).logEs);

  it('have a mean E of "nowhere slower" of exactly 1 after each look', () => {
    for (const look of [0, 1]) {
      const mean = slower.reduce(
        (sum, logEs, arms) => sum + probability(arms, w) * Math.exp(logEs[look] ?? 0),
        0,
      );
      expect(mean).toBeCloseTo(1, 10);
    }
  });

  it.each([0.5, 0.3, 0.2])(
    'cross 1/α at any look with a probability of at most α = %d',
    (alpha) => {
      const crossing = slower.reduce(
        (sum, logEs, arms) =>
          sum + (Math.max(...logEs) >= -Math.log(alpha) ? probability(arms, w) : 0),
        0,
      );
      expect(crossing).toBeLessThanOrEqual(alpha);
    },
  );

  it('have a mean E of equality of at most 1, whatever the weight, and cross no oftener than α', () => {
    let mean = 0;
    let crossing = 0;
    for (const arms of all) {
      const { looks } = looksOf(arms);
      const logEs = [1, 2].map(
        (count) =>
          judgeEquality({ upperBounds, looks: looks.slice(0, count) }, { a: 1, b: 1 }).logE,
      );
      mean += probability(arms, w) * Math.exp(logEs[1] ?? 0);
      if (Math.max(...logEs) >= Math.log(2)) crossing += probability(arms, w);
    }
    expect(mean).toBeLessThanOrEqual(1);
    expect(crossing).toBeLessThanOrEqual(0.5);
  });
});

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Latencies come in bursts, and the weight wanders from look to look; the version makes no difference. */
function equalLooks(random: () => number, count: number): LatencyMeasurements {
  let load = 1;
  const looks = Array.from({ length: count }, (): LatencyLook => {
    load = 0.2 + 0.8 * load + (random() < 0.1 ? 4 * random() : 0) - 0.2 * random();
    const w = 0.05 + 0.3 * random();
    const [candidate, stable] = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    for (let i = 0; i < 60; i += 1) {
      const arm = random() < w ? candidate : stable;
      const latency = -20 * load * Math.log(random());
      const bucket = [10, 40, 100, Infinity].findIndex((bound) => latency <= bound);
      arm[bucket] = (arm[bucket] ?? 0) + 1;
    }
    return { candidate, stable };
  });
  return { upperBounds: [10, 40, 100], looks };
}

describe('1,000 releases of an equal version', () => {
  it('fail no oftener than α, with bursts of slow requests and a weight that wanders', () => {
    const random = seeded(20_240_607);
    const alpha = 0.05;
    let failed = 0;
    for (let release = 0; release < 1000; release += 1) {
      const { logEs } = followSlower(equalLooks(random, 20), defaultLatencySettings);
      if (Math.max(...logEs) >= -Math.log(alpha)) failed += 1;
    }
    expect(failed / 1000).toBeLessThanOrEqual(alpha);
    expect(failed).toBeGreaterThan(0);
  });
});
