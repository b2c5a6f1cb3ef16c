import { clusterName, duration, instant } from '@spillway/kernel';
import type { MetricCase } from '../judge.js';
import type { Measurement, Reading } from '../measurement.js';
import type { MetricSpec } from '../metric/metric-spec.js';

const begin = instant(1_800_000_000_000);

/** Success rate of at least 99 %, every ten seconds, three times. */
export const aMetricSpec = (overrides: Partial<MetricSpec> = {}): MetricSpec => ({
  name: 'success-rate',
  query: { kind: 'requestSuccessRate' },
  min: 99,
  initialDelay: duration(0),
  interval: duration(10_000),
  window: duration(10_000),
  count: 3,
  failureLimit: 0,
  consecutiveErrorLimit: 0,
  minSample: 20,
  noData: { kind: 'ignore' },
  ...overrides,
});

/** The first of its metric in `eu`: 99.5 % of 100 requests. */
export const aMeasurement = (overrides: Partial<Measurement> = {}): Measurement => {
  const { ordinal = 0 } = overrides;
  return {
    metric: 'success-rate',
    cluster: clusterName('eu'),
    ordinal,
    from: instant(begin + ordinal * 10_000),
    to: instant(begin + (ordinal + 1) * 10_000),
    reading: aReading('passed'),
    ...overrides,
  };
};

const readings = {
  passed: { kind: 'value', candidate: { value: 99.5, requests: 100 } },
  failed: { kind: 'value', candidate: { value: 95, requests: 100 } },
  tooFew: { kind: 'value', candidate: { value: 0, requests: 19 } },
  empty: { kind: 'empty' },
  notANumber: { kind: 'notANumber' },
  error: { kind: 'error', message: 'connection refused' },
} as const satisfies Record<string, Reading>;

export type ReadingKind = keyof typeof readings;
export const readingKinds = Object.keys(readings) as readonly ReadingKind[];

export const aReading = (kind: ReadingKind): Reading => readings[kind];

/** One measurement after another from `since` on, each of the given kind. */
export const aMetricCase = (
  kinds: readonly ReadingKind[] = [],
  spec: Partial<MetricSpec> = {},
): MetricCase => ({
  spec: aMetricSpec(spec),
  cluster: clusterName('eu'),
  since: begin,
  measurements: kinds.map((kind, ordinal) => aMeasurement({ ordinal, reading: aReading(kind) })),
});
