import type { Measurement, Verdict } from '@spillway/domain-analysis';
import type { ClusterName, ReleaseId } from '@spillway/kernel';
import type { Page, PageRequest } from './page.js';

/** A measurement, and what was concluded from it and those before when it was made. */
export interface JudgedMeasurement extends Measurement {
  /** What was asked, in words or in the backend's language. */
  readonly query?: string;
  /** Absent where a later window was measured at the same time. */
  readonly verdict?: Verdict;
}

export interface Look extends JudgedMeasurement {
  /** Index in the plan; the number of steps for the bake after the promotion. */
  readonly step: number;
}

export interface LookFilter {
  readonly step?: number;
  readonly metric?: string;
  readonly cluster?: ClusterName;
}

export interface MeasurementStore {
  /** Those of one step, ordered by metric, cluster and ordinal. */
  ofStep(release: ReleaseId, step: number): Promise<readonly Measurement[]>;
  /** Keeps the first of two with the same step, metric, cluster and ordinal. */
  add(release: ReleaseId, step: number, measurements: readonly JudgedMeasurement[]): Promise<void>;
  /** The newest windows first. */
  looks(release: ReleaseId, filter: LookFilter, page: PageRequest): Promise<Page<Look>>;
}
