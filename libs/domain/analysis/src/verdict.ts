/** `running`: not enough measurements yet. */
export type VerdictKind = 'pass' | 'fail' | 'inconclusive' | 'noData' | 'running';

/** The figures behind a verdict. */
export interface Evidence {
  readonly metric: string;
  readonly cluster: string;
  readonly measured: number;
  readonly passed: number;
  readonly failed: number;
  readonly belowMinSample: number;
  readonly empty: number;
  readonly consecutiveErrors: number;
  readonly lastValue?: number;
  readonly lastStableValue?: number;
  readonly requests: number;
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** One plain sentence that names the metric, the cluster and the figures. */
  readonly because: string;
  readonly evidence: Evidence;
}
