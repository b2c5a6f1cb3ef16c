import type { AnalysisPolicy, MetricSpec } from '@spillway/domain-analysis';
import type { ClusterSelector, WaveSelector } from '@spillway/domain-topology';
import type { MatchRoute, Mirror, Sticky } from '@spillway/domain-traffic';
import type { BasisPoints, Duration, StrategyName } from '@spillway/kernel';
import type { Gate } from './gate/gate.js';
import type { Hook } from './hook/hook.js';
import type { MetricBounds } from './metric-bounds.js';
import type { Detection, Limits, Verify } from './plan.js';

/** One instruction of a strategy. */
export type StepTemplate =
  /** Ends a mirror, so that nothing is both copied and answered; at 100 % also every route. */
  | { readonly kind: 'setWeight'; readonly weight: BasisPoints }
  /** From one weight to another in equal steps; each bakes for its part of the time. */
  | {
      readonly kind: 'ramp';
      readonly from: BasisPoints;
      readonly to: BasisPoints;
      readonly steps: number;
      readonly over: Duration;
    }
  /** All traffic at once. */
  | { readonly kind: 'switch' }
  /** Requests that match go to the candidate, whatever the weight. */
  | { readonly kind: 'route'; readonly route: MatchRoute }
  | { readonly kind: 'removeRoute'; readonly name: string }
  /** Copies a share of the requests to the candidate; without a mirror it ends that. */
  | { readonly kind: 'mirror'; readonly mirror?: Mirror }
  /** Waits, watching the strategy's metrics; a failing one rolls back at once. */
  | { readonly kind: 'bake'; readonly length: Duration; readonly toFind?: Detection }
  /** Waits for `resume`, or for the time to pass. Metrics are not measured. */
  | { readonly kind: 'pause'; readonly length?: Duration }
  /** Goes on when every metric has passed. Empty `metrics` = those of the strategy. */
  | {
      readonly kind: 'analyze';
      readonly metrics: readonly MetricSpec[];
      /** How many measurements each metric takes, instead of its own count. */
      readonly iterations?: number;
    }
  /** Waits for approvals, or to be opened. Metrics are measured on. */
  | ({ readonly kind: 'gate' } & Gate);

/** Clusters of one wave, or of several that are alike. */
export type WaveTemplate = WaveSelector & {
  /** Its bakes and ramps take this many times as long; 1 without it. */
  readonly pace?: number;
  /** Time at 100 % there, still watched, before the next wave begins. */
  readonly bakeAfter?: Duration;
};

/** What is different in some clusters, whatever wave they are in. Of two for the same cluster the first counts. */
export type ClusterOverride = Exclude<ClusterSelector, { kind: 'rest' }> & {
  /** A wave takes as long as its slowest cluster. */
  readonly pace?: number;
  readonly bounds?: readonly MetricBounds[];
};

/** A named template; each change makes a new version and old ones are kept. */
export interface Strategy {
  readonly name: StrategyName;
  readonly version: number;
  readonly waves: readonly WaveTemplate[];
  /** Clusters that may be unreachable without holding the release. */
  readonly maxUnavailableClusters: number;
  /** The same as a share of the release's clusters. The greater of the two counts. */
  readonly maxUnavailableShare?: BasisPoints;
  readonly overrides?: readonly ClusterOverride[];
  /** How far the release goes by itself. Absent: to all clusters and all traffic. */
  readonly limits?: Limits;
  /** Where traffic is taken back when the candidate fails in a wave. Absent: everywhere. */
  readonly rollBack?: 'wave';
  readonly metrics: readonly MetricSpec[];
  readonly steps: readonly StepTemplate[];
  readonly sticky?: Sticky;
  /** What comparisons may spend, and how they are put together. Absent: `defaultAnalysisPolicy`. */
  readonly analysis?: AnalysisPolicy;
  /** What a step waits for in each cluster. Absent: that its API server reads the routing back. */
  readonly verify?: Verify;
  /** A gate of the service that, while it is open, takes all traffic back. */
  readonly rollbackGate?: string;
  /** Time at 100 % in which analysis may still roll back. */
  readonly bakeAfterPromotion?: Duration;
  /** Who is asked, and who is told. Absent: nobody. */
  readonly hooks?: readonly Hook[];
}

/** A strategy before it is stored: storing gives it a version. */
export type StrategyDraft = Omit<Strategy, 'name' | 'version'>;
