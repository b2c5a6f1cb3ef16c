import type { MetricQuery, Reading } from '@spillway/domain-analysis';
import type { MeshService } from '@spillway/domain-istio';
import type { Duration, Instant, Version } from '@spillway/kernel';
import type { ClusterRecord } from './cluster-store.js';

export interface MetricQuestion {
  readonly query: MetricQuery;
  readonly service: MeshService;
  readonly stable: Version;
  readonly candidate: Version;
  /** The window is (`at` − `window`, `at`]. */
  readonly at: Instant;
  readonly window: Duration;
}

/**
 * One cluster's metrics. Never rejects: what goes wrong is a reading of kind
 * `error`. Questions with the same query, window and moment are answered from
 * one request to the backend, whatever service they ask for.
 */
export interface MetricsSource {
  read(question: MetricQuestion): Promise<Reading>;
  close(): Promise<void>;
}

/** Makes metrics sources, one for each cluster. */
export interface MetricsConnector {
  connect(cluster: ClusterRecord): MetricsSource;
}
