import type { Measurement, MetricSpec, Reading, Sample } from '@spillway/domain-analysis';
import { after, clusterName, duration } from '@spillway/kernel';
import type { Plan } from '../plan.js';
import type { Release } from '../release.js';
import { aPlan } from './a-plan.js';
import { aMoment } from './a-release.js';
import { aMetric } from './a-strategy.js';
import { aRunningRelease } from './an-observation.js';

const minute = 60_000;

/** Requests of a version in a minute, and those that failed. */
export type Counts = readonly [requests: number, errors: number];

const sampleOf = ([requests, errors]: Counts): Sample => ({
  value: 100 * (1 - errors / requests),
  requests,
  errors,
});

export const counted = (candidate: Counts, stable?: Counts): Reading => ({
  kind: 'value',
  candidate: sampleOf(candidate),
  ...(stable === undefined ? {} : { stable: sampleOf(stable) }),
});

/** Errors of both versions are compared, once a minute; the bounds are far away. */
export const compared = (overrides: Partial<MetricSpec> = {}): MetricSpec =>
  aMetric({
    name: 'errors',
    min: 1,
    noData: { kind: 'hold', deadline: duration(5 * minute), then: 'pause' },
    judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
    ...overrides,
  });

/** One reading a minute in each cluster, from the moment on at which the step began. */
export const minutes = (
  readings: Readonly<Record<string, readonly Reading[]>>,
  metric = 'errors',
): readonly Measurement[] =>
  Object.entries(readings).flatMap(([cluster, all]) =>
    all.map((reading, ordinal) => ({
      metric,
      cluster: clusterName(cluster),
      ordinal,
      from: after(aMoment, ordinal * minute),
      to: after(aMoment, (ordinal + 1) * minute),
      reading,
    })),
  );

/** In the first step of the plan, which bakes for ten minutes in `eu` and `us` unless it is said otherwise. */
export const inBake = (
  metrics: readonly MetricSpec[] = [compared()],
  {
    plan = {},
    weight = 1_000,
    ...overrides
  }: Partial<Omit<Release, 'plan'>> & {
    readonly plan?: Partial<Plan>;
    readonly weight?: number;
  } = {},
): Release => {
  const steps = [{ wave: 0, kind: 'bake', length: duration(10 * minute), metrics } as const];
  const cursor = { index: 0, started: true, enteredAt: aMoment };
  return aRunningRelease({ plan: aPlan({ steps, ...plan }), cursor, ...overrides }, weight);
};
