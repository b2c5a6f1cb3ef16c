import type { SimulatedWorld } from '@spillway/adapter-cluster';
import { createNumberSource } from '@spillway/adapter-metrics';
import type { Tracing } from '@spillway/adapter-telemetry';
import {
  Connections,
  restingSource,
  type Clock,
  type EgressLink,
  type EgressMetrics,
  type Meter,
  type MetricsSource,
  type NumberSource,
  type ProxyFleet,
  type SourceRecord,
  type UnitOfWork,
} from '@spillway/application';
import { secretName } from '@spillway/kernel';
import {
  createEgressConnector,
  createEgressMetricsConnector,
  createMetricsConnector,
  createProxyConnector,
} from './connectors.js';
import type { Guard } from './guard.js';

interface OpenedBy {
  readonly world: SimulatedWorld;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly guard: Guard;
  readonly meter: Meter;
  readonly tracing: Tracing;
}

/** The connections beside the links to API servers; none is open before it is used. */
export function openOthers({ world, clock, unitOfWork, guard, meter, tracing }: OpenedBy) {
  const metrics = createMetricsConnector(clock, world, guard.clusters);
  const egress = createEgressConnector(world, { ...guard, meter });
  const egressMetrics = createEgressMetricsConnector(world, guard.clusters);
  const proxies = createProxyConnector(guard.clusters);
  /** Secrets are opened anew for every question, so that one that was replaced is used at the next. */
  const openSecret = (name: string) => unitOfWork.run((tx) => tx.secrets.open(secretName(name)));
  return {
    metrics: new Connections<MetricsSource>((record) => tracing.metrics(metrics.connect(record))),
    sources: new Connections<NumberSource, SourceRecord>(({ name, connection }) => {
      const source = createNumberSource(connection, { openSecret, clock, connect: guard.sources });
      return restingSource(tracing.source(source, name), clock);
    }),
    egress: new Connections<EgressLink>((record) => egress.connect(record)),
    egressMetrics: new Connections<EgressMetrics>((record) => egressMetrics.connect(record)),
    proxies: new Connections<ProxyFleet>((record) => proxies.connect(record)),
  };
}
