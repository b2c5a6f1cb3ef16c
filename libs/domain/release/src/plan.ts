import type { MetricSpec } from '@spillway/domain-analysis';
import type { Wave } from '@spillway/domain-topology';
import type { BasisPoints, Duration } from '@spillway/kernel';

/** A step of a plan: a template bound to a wave and to its metrics. */
export type Step = { readonly wave: number } & (
  | { readonly kind: 'setWeight'; readonly weight: BasisPoints }
  | { readonly kind: 'bake'; readonly length: Duration; readonly metrics: readonly MetricSpec[] }
  | { readonly kind: 'pause'; readonly length?: Duration }
  | { readonly kind: 'analyze'; readonly metrics: readonly MetricSpec[] }
);

/** The strategy expanded for the clusters of one release. Never changes after the release began. */
export interface Plan {
  readonly waves: readonly Wave[];
  readonly steps: readonly Step[];
  readonly maxUnavailableClusters: number;
  readonly bakeAfterPromotion?: {
    readonly length: Duration;
    readonly metrics: readonly MetricSpec[];
  };
}
