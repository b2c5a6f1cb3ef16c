import type { Measurement } from '../measurement.js';
import type { MetricSpec } from '../metric/metric-spec.js';

/** What one measurement says about its metric. */
export type Outcome = 'passed' | 'failed' | 'belowMinSample' | 'empty' | 'notANumber' | 'error';

/** Bounds are inclusive. */
const isWithin = ({ min = -Infinity, max = Infinity }: MetricSpec, value: number): boolean =>
  value >= min && value <= max;

/** Infinity is no number here: JSON, in which measurements are stored, makes null of it as of NaN. */
export function classify(spec: MetricSpec, { reading }: Measurement): Outcome {
  if (reading.kind !== 'value') return reading.kind;
  const { value, requests } = reading.candidate;
  if (!Number.isFinite(value)) return 'notANumber';
  if (requests !== undefined && requests < spec.minSample) return 'belowMinSample';
  return isWithin(spec, value) ? 'passed' : 'failed';
}

/** Outcomes that are no data. An error is not: nobody knows whether there was data. */
export const isNoData = (outcome: Outcome): boolean =>
  outcome === 'empty' || outcome === 'belowMinSample' || outcome === 'notANumber';
