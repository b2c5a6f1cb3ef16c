import type { ClusterName, Instant } from '@spillway/kernel';

/** The figures behind a verdict. */
export interface Evidence {
  readonly metric: string;
  readonly cluster: ClusterName;
  readonly measured: number;
  readonly passed: number;
  readonly failed: number;
  /** Measurements with fewer requests than the metric's minimum sample. */
  readonly belowMinSample: number;
  readonly empty: number;
  readonly notANumber: number;
  /** Queries that went wrong since the last one that did not. */
  readonly consecutiveErrors: number;
  readonly lastValue?: number;
  readonly lastStableValue?: number;
  /** Requests of the candidate in all windows together. */
  readonly requests: number;
}

/** `running`: not enough measurements yet. `noData` says what happens when it lasts. */
export type Verdict = {
  /** One plain sentence that names the metric, the cluster and the figures. */
  readonly because: string;
  readonly evidence: Evidence;
} & (
  | { readonly kind: 'pass' | 'fail' | 'inconclusive' | 'running' }
  | { readonly kind: 'noData'; readonly until: Instant; readonly then: 'rollback' | 'pause' }
);
