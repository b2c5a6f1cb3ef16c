import type { ClusterSelector } from '@spillway/domain-topology';
import type { MetricSpec } from '@spillway/domain-analysis';
import type { BasisPoints, Duration, StrategyName } from '@spillway/kernel';

/** One instruction of a strategy. */
export type StepTemplate =
  | { readonly kind: 'setWeight'; readonly weight: BasisPoints }
  /** Waits, watching the strategy's metrics; a failing one rolls back at once. */
  | { readonly kind: 'bake'; readonly length: Duration }
  /** Waits for `resume`, or for the time to pass. Metrics are not measured. */
  | { readonly kind: 'pause'; readonly length?: Duration }
  /** Goes on when every metric has passed. Empty `metrics` = those of the strategy. */
  | { readonly kind: 'analyze'; readonly metrics: readonly MetricSpec[] };

/** A named template; each change makes a new version and old ones are kept. */
export interface Strategy {
  readonly name: StrategyName;
  readonly version: number;
  readonly waves: readonly ClusterSelector[];
  /** Clusters that may be unreachable without holding the release. */
  readonly maxUnavailableClusters: number;
  readonly metrics: readonly MetricSpec[];
  readonly steps: readonly StepTemplate[];
  /** Time at 100 % in which analysis may still roll back. */
  readonly bakeAfterPromotion?: Duration;
}

/** A strategy before it is stored: storing gives it a version. */
export type StrategyDraft = Omit<Strategy, 'name' | 'version'>;
