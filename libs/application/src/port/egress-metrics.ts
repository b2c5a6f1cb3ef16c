import type { SeenEgress } from '@spillway/domain-egress';
import type { Duration, Instant, NamespaceName } from '@spillway/kernel';
import type { ClusterRecord } from './cluster-store.js';

export interface EgressQuestion {
  readonly namespace: NamespaceName;
  /** Asked for beside what went to no known host: these are about to become unknown. */
  readonly hosts: readonly string[];
  /** The window is (`at` − `window`, `at`]. */
  readonly at: Instant;
  readonly window: Duration;
}

/** Silence is not emptiness: `noData` when the namespace's proxies counted nothing at all. */
export type EgressAnswer =
  | {
      readonly kind: 'measured';
      /** Of all that the namespace's workloads sent, to wherever. */
      readonly requests: number;
      readonly seen: readonly SeenEgress[];
    }
  | { readonly kind: 'noData'; readonly because: string }
  | { readonly kind: 'error'; readonly because: string };

/** What left the mesh from a namespace of one cluster. Never rejects. */
export interface EgressMetrics {
  ask(question: EgressQuestion): Promise<EgressAnswer>;
  close(): Promise<void>;
}

export interface EgressMetricsConnector {
  connect(cluster: ClusterRecord): EgressMetrics;
}
