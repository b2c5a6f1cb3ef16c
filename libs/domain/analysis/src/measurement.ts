import type { ClusterName, Instant } from '@spillway/kernel';

/**
 * Requests by latency. Not cumulative: `counts[i]` took more than `upperBounds[i - 1]` and at most
 * `upperBounds[i]` milliseconds; one count more than bounds, the last for all that took longer.
 */
export interface LatencyHistogram {
  /** Finite, ascending, in milliseconds. */
  readonly upperBounds: readonly number[];
  readonly counts: readonly number[];
}

/** Whether counts by these bounds can be compared and added. */
export const isSameBounds = (
  one: LatencyHistogram['upperBounds'],
  other: LatencyHistogram['upperBounds'],
): boolean =>
  one === other || (one.length === other.length && one.every((bound, i) => bound === other[i]));

/** What a version's samples said in a window. */
export interface Sample {
  readonly value: number;
  /** Requests behind the value; absent where the query does not tell (PromQL templates). */
  readonly requests?: number;
  /** Of them, those that failed; where the query counts failures. */
  readonly errors?: number;
  /** Where the query is for a latency. */
  readonly histogram?: LatencyHistogram;
}

/** An error in a query, an empty answer and NaN are three different things. */
export type Reading =
  | { readonly kind: 'value'; readonly candidate: Sample; readonly stable?: Sample }
  | { readonly kind: 'empty' }
  | { readonly kind: 'notANumber' }
  | { readonly kind: 'error'; readonly message: string };

/** The n-th reading (from 0) of a metric in a cluster during a step. */
export interface Measurement {
  readonly metric: string;
  readonly cluster: ClusterName;
  readonly ordinal: number;
  readonly from: Instant;
  readonly to: Instant;
  readonly reading: Reading;
}
