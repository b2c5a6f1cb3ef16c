import type { Measurement } from '@spillway/domain-analysis';
import type { ReleaseId } from '@spillway/kernel';

export interface MeasurementStore {
  /** Those of one step, ordered by metric, cluster and ordinal. */
  ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]>;
  /** Keeps the first of two with the same step, metric, cluster and ordinal. */
  add(release: ReleaseId, step: number, measurements: readonly Measurement[]): Promise<void>;
}
