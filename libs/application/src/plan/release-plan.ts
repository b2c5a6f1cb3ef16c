import type { Finding } from '@spillway/domain-lint';
import type { Plan } from '@spillway/domain-release';
import type { ClusterName, ReleaseId, ServiceName, StrategyName, Version } from '@spillway/kernel';
import type { GatesAhead } from './look-at-gates.js';
import type { MetricOutlook } from './metric-outlook.js';
import type { RehearsedWrite } from './rehearse.js';

/** What a release would do, from the routing that clusters have now. Nothing is written. */
export interface ReleasePlan {
  /** Start the release with it, and it writes what is shown here. */
  readonly id: ReleaseId;
  readonly service: ServiceName;
  readonly stable: Version;
  readonly candidate: Version;
  readonly strategy: { readonly name: StrategyName; readonly version: number };
  readonly plan: Plan;
  /** Gates and freeze windows that would hold it. */
  readonly ahead: GatesAhead;
  readonly warnings: readonly string[];
  readonly clusters: readonly ClusterPlan[];
}

/** The part of one cluster. */
export interface ClusterPlan {
  readonly cluster: ClusterName;
  /** Why nothing is known of it; then there are no writes. */
  readonly unseen?: string;
  /** Why the release would be held here at once. */
  readonly held?: string;
  /** In their order, if nobody else writes meanwhile and all goes well. */
  readonly writes: readonly RehearsedWrite[];
  /** What lint says of the objects that would be written, the same thing once. */
  readonly findings: readonly Finding[];
  /** What stable shows of each metric now, and what the steps can find. */
  readonly metrics: readonly MetricOutlook[];
  /** What the API server says to them in a dry run. Absent where nothing was asked. */
  readonly refused?: string;
}
