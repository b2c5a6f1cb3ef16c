import type { ClusterName, Instant } from '@spillway/kernel';
import type { MetricJudge } from './metric/metric-spec.js';

/** Requests, or measured points, of one version in this step. */
export interface Arm {
  readonly n: number;
  readonly errors?: number;
}

/** What comparing the versions gave in one cluster and step. */
export interface Comparison {
  readonly judge: MetricJudge['kind'];
  readonly candidate: Arm;
  readonly stable: Arm;
  /** Of error rates and quantiles: how many times stable's; of other values: the shift. */
  readonly estimate?: number;
  readonly low?: number;
  readonly high?: number;
  /** Natural logarithm of the e-value, of judges that may look at any time. */
  readonly logE?: number;
  /** Of the others; corrected for looks. */
  readonly pValue?: number;
  /** Whether there was enough to let it pass. */
  readonly isEnough: boolean;
  /** The judge's own sentence. */
  readonly because: string;
}

/** What a metric has shown over all clusters and steps so far, against what it may spend. */
export interface MetricStanding {
  /** Its share of the release's α. */
  readonly alpha: number;
  /** Evidence of harm: 1 / α is enough. Absent where a p-value is all there is. */
  readonly logE?: number;
  readonly pValue: number;
}

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
  readonly comparison?: Comparison;
  readonly standing?: MetricStanding;
}

/**
 * `running`: not enough measurements yet. `splitNotInForce`: requests are not split as programmed,
 * so the versions were not compared. `noData` says what happens when it lasts.
 */
export type Verdict = {
  /** One plain sentence that names the metric, the cluster and the figures. */
  readonly because: string;
  readonly evidence: Evidence;
} & (
  | { readonly kind: 'pass' | 'fail' | 'inconclusive' | 'running' | 'splitNotInForce' }
  | { readonly kind: 'noData'; readonly until: Instant; readonly then: 'rollback' | 'pause' }
);
