import { classify, type Outcome } from './classify.js';
import type { MetricCase } from '../judge.js';
import type { Measurement } from '../measurement.js';
import { measuredSince } from '../metric/schedule.js';
import type { Evidence } from '../verdict.js';

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
  const counts = { passed: 0, failed: 0, belowMinSample: 0, empty: 0, notANumber: 0, error: 0 };
  for (const { outcome } of seen) counts[outcome] += 1;
  const { error: _errors, ...said } = counts;
  const answered = seen.findLastIndex(({ outcome }) => outcome !== 'error');
  return {
    metric: spec.name,
    cluster,
    measured: seen.length,
    ...said,
    consecutiveErrors: seen.length - 1 - answered,
    requests: seen.reduce((sum, { measurement }) => sum + requestsOf(measurement), 0),
    ...lastValues(seen.findLast(hasValue)),
  };
}

function lastValues(look: Look | undefined): Pick<Evidence, 'lastValue' | 'lastStableValue'> {
  const reading = look?.measurement.reading;
  if (reading?.kind !== 'value') return {};
  const { candidate, stable } = reading;
  return {
    lastValue: candidate.value,
    ...(stable !== undefined && Number.isFinite(stable.value)
      ? { lastStableValue: stable.value }
      : {}),
  };
}

const hasValue = ({ measurement, outcome }: Look): boolean =>
  measurement.reading.kind === 'value' && outcome !== 'notANumber';

const requestsOf = ({ reading }: Measurement): number =>
  reading.kind === 'value' ? (reading.candidate.requests ?? 0) : 0;
