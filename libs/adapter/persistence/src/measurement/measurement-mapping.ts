import type { LatencyHistogram, Measurement, Reading, Sample } from '@spillway/domain-analysis';
import { clusterName } from '@spillway/kernel';
import type { MeasurementRow } from './measurement-row.js';

export const toMeasurement = (row: MeasurementRow): Measurement => ({
  metric: row.metric,
  cluster: clusterName(row.cluster),
  ordinal: row.ordinal,
  from: row.from,
  to: row.to,
  reading: leanReading(row.reading),
});

/** Many are in hand at a time, and a fifth of each would be bounds that all have in common. */
function leanReading(reading: Reading): Reading {
  if (reading.kind !== 'value' || reading.candidate.histogram === undefined) return reading;
  const { candidate, stable } = reading;
  return {
    ...reading,
    candidate: leanSample(candidate),
    ...(stable === undefined ? {} : { stable: leanSample(stable) }),
  };
}

const leanSample = (sample: Sample): Sample =>
  sample.histogram === undefined ? sample : { ...sample, histogram: lean(sample.histogram) };

const lean = ({ upperBounds, counts }: LatencyHistogram): LatencyHistogram => ({
  upperBounds: shared(upperBounds),
  counts,
});

let last: readonly number[] = [];

/** Most histograms are Istio's, so the last bounds are most often these. */
function shared(bounds: readonly number[]): readonly number[] {
  const isLast = bounds.length === last.length && bounds.every((bound, i) => bound === last[i]);
  if (!isLast) last = bounds;
  return last;
}
