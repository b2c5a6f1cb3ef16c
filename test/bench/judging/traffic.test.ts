import { describe, expect, it } from '@jest/globals';
import { drawLatencies, istioBuckets } from './latency-model.js';
import { p99 } from './measurements.js';
import { randomOf } from './random.js';
import { traffic, type Arm } from './traffic.js';

const steps = [{ weight: 0.25, looks: 30_000 }];
const scene = { seed: 3, release: 0, clusters: 1, steps, withLatencies: false };
const [looks = []] = traffic({ ...scene, harm: { errors: 2 } });

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const total = (arm: 'candidate' | 'stable', of: (arm: Arm) => number): number =>
  sum(looks.map((look) => of(look[arm])));
const errorRateOf = (arm: 'candidate' | 'stable'): number =>
  total(arm, ({ errors }) => errors) / total(arm, ({ requests }) => requests);

function firstLag(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  const around = values.map((value) => value - mean);
  const lagged = around.slice(1).map((value, i) => value * (around[i] ?? 0));
  return sum(lagged) / sum(around.map((value) => value ** 2));
}

describe('simulated traffic', () => {
  it('is 100 requests a second, of which the candidate gets its weight', () => {
    const own = total('candidate', ({ requests }) => requests);
    const all = own + total('stable', ({ requests }) => requests);
    expect(all / looks.length / 1_000).toBeCloseTo(1, 1);
    expect(own / all).toBeCloseTo(0.25, 2);
  });

  it('fails half a percent of stable’s requests, and of the candidate’s as many times that as it is worse', () => {
    expect(errorRateOf('stable')).toBeCloseTo(0.005, 3);
    expect(errorRateOf('candidate') / errorRateOf('stable')).toBeCloseTo(2, 1);
  });

  it('fails in bursts: errors of a look vary far more than if each came by itself', () => {
    const errors = looks.map(({ stable }) => stable.errors);
    const mean = sum(errors) / errors.length;
    const variance = sum(errors.map((count) => (count - mean) ** 2)) / errors.length;
    expect(variance).toBeGreaterThan(5 * mean);
  });

  it('has gauges whose neighbours are correlated by 0.8', () => {
    const log = looks.map(({ stable }) => Math.log(stable.queue));
    expect(firstLag(log)).toBeCloseTo(0.8, 1);
    expect(firstLag(looks.map(({ candidate }) => candidate.cpu))).toBeCloseTo(0.8, 1);
  });

  it('is the same in each run', () => {
    const few = { ...scene, steps: [{ weight: 0.25, looks: 20 }], harm: {} };
    expect(traffic(few)).toEqual(traffic(few));
    expect(traffic({ ...few, seed: 4 })).not.toEqual(traffic(few));
  });
});

it('a slower tail leaves the median where it is', () => {
  const random = randomOf(1, 1);
  const draw = (tail: number) => drawLatencies(random, 200_000, { level: 0, tail });
  const below = (counts: readonly number[], bound: number): number =>
    sum(counts.slice(0, istioBuckets.indexOf(bound) + 1)) / 200_000;
  const [same, slow] = [draw(1), draw(4)];
  expect(below(slow, 50)).toBeCloseTo(below(same, 50), 2);
  const arm = { requests: 0, errors: 0, cpu: 0, queue: 0 };
  const ratio = p99({ ...arm, latencies: slow }) / p99({ ...arm, latencies: same });
  expect(ratio).toBeGreaterThan(2.5);
});
