import type { RegexEngine } from '@spillway/domain-istio';
import type { Duration, ReleaseId } from '@spillway/kernel';
import type { Connections } from '../connection/connections.js';
import type { ClusterConnector, ClusterLink } from '../port/cluster-link.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { EgressLink } from '../port/egress-link.js';
import type { EgressMetrics } from '../port/egress-metrics.js';
import type { MetricsSource } from '../port/metrics-source.js';
import type { NumberSource } from '../port/number-source.js';
import type { ReleaseFeed } from '../port/release-feed.js';
import type { SourceRecord } from '../port/source-store.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import type { WebhookProtocol } from '../port/webhook-protocol.js';

/** What the use cases need. */
export interface UseCaseDeps {
  readonly unitOfWork: UnitOfWork;
  /** The links of this process; empty where no worker runs. */
  readonly links: Connections<ClusterLink>;
  /** For a probe of a cluster that this process has no link to. */
  readonly connector: ClusterConnector;
  /** Connects the cluster at once, where this process has a worker; the others do when they need it. */
  readonly onClusterPut: (record: ClusterRecord) => void;
  readonly metrics: Connections<MetricsSource>;
  readonly sources: Connections<NumberSource, SourceRecord>;
  readonly egress: Connections<EgressLink>;
  readonly egressMetrics: Connections<EgressMetrics>;
  readonly feed: ReleaseFeed;
  /** RE2, as Envoy and istiod understand patterns. */
  readonly regex: RegexEngine;
  /** How senders of deliveries sign, and what they write. */
  readonly webhooks: WebhookProtocol;
  readonly newReleaseId: () => ReleaseId;
  /** Waits, for a part of a second. */
  readonly pause: (length: Duration) => Promise<void>;
}
