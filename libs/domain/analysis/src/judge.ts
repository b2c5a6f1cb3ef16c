import type { ClusterName, Duration, Instant } from '@spillway/kernel';
import type { Recall } from './compare/recall.js';
import type { Measurement } from './measurement.js';
import type { MetricSpec } from './metric/metric-spec.js';
import type { Verdict } from './verdict.js';

/** What a judge is given: one metric in one cluster during one step. */
export interface MetricCase {
  readonly spec: MetricSpec;
  readonly cluster: ClusterName;
  /** In order of their ordinals. */
  readonly measurements: readonly Measurement[];
  /** From when samples count: the step's weight was live in this cluster. */
  readonly since: Instant;
  /** Of the release and its step: cases of one name only ever grow by measurements. Absent: of none. */
  readonly name?: string;
  /** The candidate has all traffic here: there is nothing to compare it with. */
  readonly isAlone?: boolean;
  /** Versions are compared over what was measured since then only. Absent: since `since`. */
  readonly comparedSince?: Instant;
  /** Time between two samples of one counter: evidence of counts must last so long. Absent: 0. */
  readonly resolution?: Duration;
  /** Other things than our weights decide what share the candidate gets, and it may change. */
  readonly hasOwnShare?: boolean;
  /** For comparisons to which a look adds a little. Absent: each is made anew, and is the same. */
  readonly recall?: Recall;
  /** The metric's share of the release's α: for intervals, and where p-values are spent. Absent: 0.01. */
  readonly alpha?: number;
}

/** Measurements → verdict. Pure: the same case at the same moment gives the same verdict. */
export type Judge = (given: MetricCase, now: Instant) => Verdict;
