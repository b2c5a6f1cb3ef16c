import type { ClusterName, Instant } from '@spillway/kernel';
import type { Decision } from '../decision.js';
import type { Held } from '../hold.js';
import type { Observation } from '../observation.js';
import type { TrafficStep } from '../plan.js';
import type { Release } from '../release.js';

/** A change of traffic by which the candidate would see more than before. */
export interface Increase {
  /** Where it would see more. */
  readonly clusters: readonly ClusterName[];
  /** What is to be done there; a promotion sets all of the weight. */
  readonly step: TrafficStep;
}

/** What keeps the candidate from getting more: a hold, a fact that says so, or a wait. `undefined`: nothing. */
export type IncreaseBlock = (
  release: Release,
  seen: Observation,
  increase: Increase,
  now: Instant,
) => Decision | Held | undefined;
