import type { LatencyLook, SlowerCourse } from '../latency/index.js';
import type { Comparison } from '../verdict.js';

/** What a case came to: enough to go on from, without the looks that it is of. */
export interface FollowedLatency {
  /** Tells apart all but looks on which the rest depends. */
  readonly key: string;
  /** Looks that make the complete blocks, and their sum. */
  readonly looks: number;
  readonly counts: LatencyLook;
  readonly slower: SlowerCourse;
  readonly comparison: Comparison;
}

/** Follows a case from where it was left the last time, if anybody kept that, and says where it is now. */
export type Recall = (
  follow: (before: FollowedLatency | undefined) => FollowedLatency,
) => FollowedLatency;
