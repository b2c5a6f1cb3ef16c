import type { AnalysisPolicy, MetricSpec } from '@spillway/domain-analysis';
import type { Wave } from '@spillway/domain-topology';
import type { MatchRoute, Mirror, Sticky } from '@spillway/domain-traffic';
import type { BasisPoints, ClusterName, Duration } from '@spillway/kernel';
import type { Gate } from './gate/gate.js';
import type { Hook } from './hook/hook.js';
import type { MetricBounds } from './metric-bounds.js';

/** A step that changes what the candidate sees in the clusters of its wave. */
export type TrafficStep =
  | { readonly kind: 'setWeight'; readonly weight: BasisPoints }
  | { readonly kind: 'route'; readonly route: MatchRoute }
  | { readonly kind: 'removeRoute'; readonly name: string }
  | { readonly kind: 'mirror'; readonly mirror?: Mirror };

/** A step of a plan: a template bound to a wave and to its metrics. */
export type Step = { readonly wave: number } & (
  | TrafficStep
  | {
      readonly kind: 'bake';
      /** At most, where it is to find something. */
      readonly length: Duration;
      readonly toFind?: Detection;
      readonly metrics: readonly MetricSpec[];
    }
  | { readonly kind: 'pause'; readonly length?: Duration }
  | { readonly kind: 'analyze'; readonly metrics: readonly MetricSpec[] }
  | ({ readonly kind: 'gate' } & Gate)
);

/** A bake is over as soon as harm of this size would have been found, given the traffic that it had. */
export interface Detection {
  /** How many times stable's error rate. */
  readonly ratio: number;
  /** With which probability. */
  readonly power: number;
}

/** What the steps give the candidate at the most. More is a person's decision: a promotion. */
export interface Limits {
  /** Of the release's clusters, in how many it may serve requests. */
  readonly clusters?: BasisPoints;
  /** Of all traffic, each cluster counting the same. */
  readonly traffic?: BasisPoints;
}

/** Other limits of a metric in one cluster. */
export type ClusterBounds = MetricBounds & { readonly cluster: ClusterName };

/** That the proxies have it, and not its API server alone. */
export type Verify = 'distributed';

/** The strategy expanded for the clusters of one release. Never changes after the release began. */
export interface Plan {
  readonly waves: readonly Wave[];
  readonly steps: readonly Step[];
  readonly maxUnavailableClusters: number;
  readonly limits?: Limits;
  readonly bounds?: readonly ClusterBounds[];
  /** What fails in a wave is taken back in that wave, and people say how to go on. Absent: everywhere. */
  readonly rollBack?: 'wave';
  readonly sticky?: Sticky;
  /** What to do about a routing that somebody changed. Absent: write it again. */
  readonly drift?: 'hold';
  /** Absent: `defaultAnalysisPolicy`. */
  readonly analysis?: AnalysisPolicy;
  /** What a step waits for in each cluster. Absent: that its API server reads the routing back. */
  readonly verify?: Verify;
  /** A gate of the service that, while it is open, takes all traffic back. */
  readonly rollbackGate?: string;
  readonly bakeAfterPromotion?: {
    readonly length: Duration;
    readonly metrics: readonly MetricSpec[];
  };
  /** Who is asked, and who is told. Absent: nobody. */
  readonly hooks?: readonly Hook[];
}
