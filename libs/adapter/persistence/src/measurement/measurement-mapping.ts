import type { Measurement } from '@spillway/domain-analysis';
import { clusterName } from '@spillway/kernel';
import type { MeasurementRow } from './measurement-row.js';

export const toMeasurement = (row: MeasurementRow): Measurement => ({
  metric: row.metric,
  cluster: clusterName(row.cluster),
  ordinal: row.ordinal,
  from: row.from,
  to: row.to,
  reading: row.reading,
});
