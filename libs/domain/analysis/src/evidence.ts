import { classify, type Outcome } from './classify.js';
import type { MetricCase } from './judge.js';
import type { Measurement } from './measurement.js';
import { measuredSince } from './schedule.js';
import type { Evidence } from './verdict.js';

/** The measurements that count, each with what it says. */
export interface Look {
  readonly measurement: Measurement;
  readonly outcome: Outcome;
}

export const looks = ({ spec, measurements, since }: MetricCase): readonly Look[] =>
  measuredSince(measurements, since).map((measurement) => ({
    measurement,
    outcome: classify(spec, measurement),
  }));

export function tally({ spec, cluster }: MetricCase, seen: readonly Look[]): Evidence {
  const count = (outcome: Outcome): number =>
    seen.filter((look) => look.outcome === outcome).length;
  const last = seen.findLast(({ measurement }) => measurement.reading.kind === 'value');
  const reading = last?.measurement.reading;
  const answered = seen.findLastIndex(({ outcome }) => outcome !== 'error');
  return {
    metric: spec.name,
    cluster,
    measured: seen.length,
    passed: count('passed'),
    failed: count('failed'),
    belowMinSample: count('belowMinSample'),
    empty: count('empty'),
    notANumber: count('notANumber'),
    consecutiveErrors: seen.length - 1 - answered,
    requests: seen.reduce((sum, { measurement }) => sum + requestsOf(measurement), 0),
    ...(reading?.kind === 'value' ? { lastValue: reading.candidate.value } : {}),
    ...(reading?.kind === 'value' && reading.stable !== undefined
      ? { lastStableValue: reading.stable.value }
      : {}),
  };
}

const requestsOf = ({ reading }: Measurement): number =>
  reading.kind === 'value' ? (reading.candidate.requests ?? 0) : 0;
