import type { Judge } from '@spillway/domain-analysis';
import type { Duration } from '@spillway/kernel';
import type { Connections } from '../connection/connections.js';
import type { ClusterLink } from '../port/cluster-link.js';
import type { Clock } from '../port/clock.js';
import type { EgressLink } from '../port/egress-link.js';
import type { Logger } from '../port/logger.js';
import type { MetricsSource } from '../port/metrics-source.js';
import type { Notifier } from '../port/notifier.js';
import type { NumberSource } from '../port/number-source.js';
import type { OutgoingCalls } from '../port/outgoing.js';
import type { ProxyFleet } from '../port/proxy-fleet.js';
import type { SourceRecord } from '../port/source-store.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import type { Following } from './following.js';

/** What the kinds of work need. */
export interface LoopDeps {
  readonly unitOfWork: UnitOfWork;
  readonly links: Connections<ClusterLink>;
  readonly metrics: Connections<MetricsSource>;
  readonly sources: Connections<NumberSource, SourceRecord>;
  readonly egress: Connections<EgressLink>;
  /** Of clusters whose record says who can be asked. */
  readonly proxies: Connections<ProxyFleet>;
  /** Addresses that users write. */
  readonly outgoing: OutgoingCalls;
  /** Tells people and machines outside. */
  readonly notifier: Notifier;
  readonly following: Following;
  readonly judge: Judge;
  readonly clock: Clock;
  /** Waits on the clock's time, for a part of a second; ends with an error once the signal is given. */
  readonly pause: (length: Duration, signal?: AbortSignal) => Promise<void>;
  /** A UUID. */
  readonly newId: () => string;
  /** From [0, 1). */
  readonly chance: () => number;
  readonly logger: Logger;
}
