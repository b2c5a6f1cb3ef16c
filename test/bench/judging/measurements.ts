import { histogramQuantile, type Measurement, type Sample } from '@spillway/domain-analysis';
import { clusterName, instant, type Instant } from '@spillway/kernel';
import { istioBuckets } from './latency-model.js';
import { lookEvery, type MetricName } from './specs.js';
import type { Arm, Look } from './traffic.js';

export const clusterNames = ['eu', 'us', 'asia'].map(clusterName);

/** When the releases of the bench begin. */
export const start = instant(Date.UTC(2026, 0, 5, 10));

export const atLook = (look: number): Instant => instant(start + look * lookEvery);

/** Errors as a share of requests, for judges that compare values. */
export const errorRate = ({ errors, requests }: Arm): number =>
  requests === 0 ? 0 : errors / requests;

export const p99 = ({ latencies }: Arm): number =>
  histogramQuantile(0.99, istioBuckets, latencies) ?? 0;

/** What a metrics source would have answered. */
const sampleOf: Readonly<Record<MetricName, (arm: Arm) => Sample>> = {
  errors: (arm) => ({
    value: 100 * (1 - errorRate(arm)),
    requests: arm.requests,
    errors: arm.errors,
  }),
  latency: (arm) => ({
    value: p99(arm),
    requests: arm.requests,
    histogram: { upperBounds: istioBuckets, counts: arm.latencies },
  }),
  cpu: ({ cpu }) => ({ value: cpu }),
  queue: ({ queue }) => ({ value: queue }),
};

/** The measurements of a metric in a cluster; `first` is the number of the first look. */
export function measurementsOf(
  metric: MetricName,
  cluster: number,
  looks: readonly Look[],
  first: number,
): readonly Measurement[] {
  const name = clusterNames[cluster] ?? clusterName(`cluster-${cluster}`);
  const sample = sampleOf[metric];
  return looks.map(({ candidate, stable }, ordinal) => ({
    metric,
    cluster: name,
    ordinal,
    from: atLook(first + ordinal),
    to: atLook(first + ordinal + 1),
    reading: { kind: 'value', candidate: sample(candidate), stable: sample(stable) },
  }));
}
