import type { ClusterName, Instant, ServiceName, Version } from '@spillway/kernel';

/** What somebody measured themselves: a value, or requests and how many of them failed. */
export type PushedFigure =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'counts'; readonly requests: number; readonly errors: number };

export interface PushedMeasurement {
  readonly metric: string;
  readonly cluster: ClusterName;
  readonly service: ServiceName;
  readonly version: Version;
  readonly at: Instant;
  readonly figure: PushedFigure;
}

/** The window is (`from`, `to`], as of every metric. */
export interface PushedQuestion {
  readonly metric: string;
  readonly cluster: ClusterName;
  readonly service: ServiceName;
  readonly from: Instant;
  readonly to: Instant;
}

/** What was pushed of one version in a window. Has `values`, `counts` or, where both were pushed, both. */
export interface PushedSummary {
  readonly version: Version;
  /** Of the latest measurement in the window. */
  readonly lastAt: Instant;
  /** The mean of the values, each weighing the same, and how many there are. */
  readonly values?: { readonly mean: number; readonly count: number };
  /** Sums over the window. */
  readonly counts?: { readonly requests: number; readonly errors: number };
}

/** Measurements that were sent, kept for a day. */
export interface PushedStore {
  /** Adds all of them, and forgets some of those that are older than a day. */
  add(batch: readonly PushedMeasurement[]): Promise<void>;
  /** In the order of the versions; one without a measurement in the window is not there. */
  within(question: PushedQuestion): Promise<readonly PushedSummary[]>;
}
