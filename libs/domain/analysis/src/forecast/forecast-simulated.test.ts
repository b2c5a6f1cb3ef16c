import { describe, expect, it } from '@jest/globals';
import { countLogE } from '../counts/index.js';
import { defaultDetectionPlan, type DetectionPlan } from './detection-plan.js';
import { forecastDetection } from './forecast-detection.js';

type Given = Partial<DetectionPlan> & Pick<DetectionPlan, 'weight' | 'ratio'>;

const planOf = (given: Given): DetectionPlan => ({
  ...defaultDetectionPlan,
  requestsPerSecond: 100,
  errorRate: 0.005,
  horizon: Infinity,
  ...given,
});

/** The same chance every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Errors come one by one; the test looks at the seconds at which it would look. */
function simulate(plan: DetectionPlan, cases: number): readonly number[] {
  const { requestsPerSecond, errorRate, weight, ratio, alpha, lookEvery } = plan;
  const perSecond = requestsPerSecond * errorRate * (weight * ratio + 1 - weight);
  const share = (weight * ratio) / (weight * ratio + 1 - weight);
  const chance = seeded(42);
  const evidence = new Map<number, number>();
  const isFound = (x: number, n: number): boolean => {
    const key = x * 1e6 + n;
    const split = { x, n, p0: weight, prior: { a: 1, b: 1 }, sides: 'one' } as const;
    const known = evidence.get(key) ?? countLogE(split);
    evidence.set(key, known);
    return known >= -Math.log(alpha);
  };
  const once = (): number => {
    let [x, n, time] = [0, 0, 0];
    for (;;) {
      const look = Math.ceil(time / lookEvery);
      time -= Math.log(1 - chance()) / perSecond;
      if (time > look * lookEvery && isFound(x, n)) return look * lookEvery;
      n += 1;
      x += chance() < share ? 1 : 0;
    }
  };
  return Array.from({ length: cases }, once).toSorted((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;

/** Weight, ratio, median and ninth decile: the table that this test's speed is known by. */
const published = [
  [0.05, 2, 785, 1490],
  [0.05, 3, 200, 450],
  [0.05, 5, 70, 140],
  [0.1, 1.5, 1260, 2652],
  [0.1, 2, 430, 861],
  [0.1, 3, 120, 240],
  [0.1, 5, 40, 80],
  [0.25, 2, 160, 320],
  [0.25, 3, 60, 100],
  [0.5, 2, 130, 240],
  [0.5, 3, 50, 90],
] as const;

const elsewhere: readonly Given[] = [
  { weight: 0.1, ratio: 2, requestsPerSecond: 1, errorRate: 0.0001 },
  { weight: 0.05, ratio: 5, requestsPerSecond: 1, errorRate: 0.05 },
  { weight: 0.01, ratio: 10, requestsPerSecond: 10, errorRate: 0.002 },
  { weight: 0.25, ratio: 3, requestsPerSecond: 10, errorRate: 0.001, alpha: 0.05, lookEvery: 60 },
  { weight: 0.02, ratio: 3, requestsPerSecond: 1000, errorRate: 0.0001, alpha: 0.001 },
  { weight: 0.8, ratio: 2, requestsPerSecond: 300, errorRate: 0.003, lookEvery: 30 },
  { weight: 0.5, ratio: 5, requestsPerSecond: 30, errorRate: 0.01, lookEvery: 5 },
  { weight: 0.1, ratio: 1.5, requestsPerSecond: 3000, errorRate: 0.001, lookEvery: 30 },
  { weight: 0.02, ratio: 2, requestsPerSecond: 10_000, errorRate: 0.0005 },
  { weight: 0.05, ratio: 1.5, requestsPerSecond: 10_000, errorRate: 0.01, lookEvery: 5 },
  { weight: 0.01, ratio: 3, requestsPerSecond: 2000, errorRate: 0.05, alpha: 0.02 },
];

describe('the forecast agrees with a simulation', () => {
  it.each([...published.map(([weight, ratio]): Given => ({ weight, ratio })), ...elsewhere])(
    'for %j',
    (given) => {
      const plan = planOf(given);
      const times = simulate(plan, 500);
      const forecast = forecastDetection(plan);
      if (forecast.kind !== 'found') throw new Error(`not found: ${forecast.kind}`);
      const median = forecast.medianSeconds / quantile(times, 0.5);
      const decile = forecast.quantileSeconds / quantile(times, 0.9);
      expect(Math.abs(median - 1)).toBeLessThanOrEqual(0.2);
      expect(Math.abs(decile - 1)).toBeLessThanOrEqual(0.2);
    },
  );

  it.each(published)('weight %d, ratio %d: about %d s in half of all cases', (...row) => {
    const [weight, ratio, median, decile] = row;
    const forecast = forecastDetection(planOf({ weight, ratio }));
    if (forecast.kind !== 'found') throw new Error(`not found: ${forecast.kind}`);
    expect(Math.abs(forecast.medianSeconds / median - 1)).toBeLessThan(0.2);
    expect(Math.abs(forecast.quantileSeconds / decile - 1)).toBeLessThan(0.2);
  });
});
