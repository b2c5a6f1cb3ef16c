import {
  KubernetesConnector,
  createKubernetesEgressConnector,
  createSimulatedConnector,
  createSimulatedEgressConnector,
  createSimulatedEgressMetrics,
  createSimulatedMetricsSource,
  type SimulatedWorld,
} from '@spillway/adapter-cluster';
import {
  createNoEgressMetrics,
  createNoMetricsSource,
  createPrometheusEgress,
  createPrometheusSource,
} from '@spillway/adapter-metrics';
import { createNoFleet, createProxyFleet } from '@spillway/adapter-proxy';
import type { Tracing } from '@spillway/adapter-telemetry';
import type {
  Clock,
  ClusterConnector,
  EgressConnector,
  EgressMetricsConnector,
  Meter,
  MetricsConnector,
  ProxyFleetConnector,
} from '@spillway/application';
import type { Connect, Guard } from './guard.js';

/** Where calls to API servers may lead, and who hears of them. */
export interface CallParts extends Pick<Guard, 'clusters'> {
  readonly meter: Meter;
}

interface LinkParts extends CallParts {
  readonly tracing: Tracing;
}

/** Chooses by the kind of connection. */
export function createClusterConnector(
  clock: Clock,
  world: SimulatedWorld,
  { clusters: connect, meter, tracing }: LinkParts,
): ClusterConnector {
  const kubernetes = new KubernetesConnector({ clock, connect, meter });
  const simulated = createSimulatedConnector(world);
  return {
    connect: (options) => {
      const connector = options.connection.kind === 'simulated' ? simulated : kubernetes;
      return tracing.link(connector.connect(options));
    },
  };
}

/** A simulated cluster measures itself, and only itself. */
export function createMetricsConnector(
  clock: Clock,
  world: SimulatedWorld,
  connect: Connect,
): MetricsConnector {
  return {
    connect({ name, connection, metrics }) {
      if (metrics.kind === 'prometheus') {
        return createPrometheusSource(metrics, { cluster: name, clock, connect });
      }
      if (metrics.kind === 'simulated' && connection.kind === 'simulated') {
        return createSimulatedMetricsSource(world.mesh(name, connection.seed));
      }
      return createNoMetricsSource(name);
    },
  };
}

export function createEgressConnector(
  world: SimulatedWorld,
  { clusters: connect, meter }: CallParts,
): EgressConnector {
  const kubernetes = createKubernetesEgressConnector(undefined, connect, meter);
  const simulated = createSimulatedEgressConnector(world);
  return {
    connect: (record) =>
      (record.connection.kind === 'simulated' ? simulated : kubernetes).connect(record),
  };
}

export const createEgressMetricsConnector = (
  world: SimulatedWorld,
  connect: Connect,
): EgressMetricsConnector => ({
  connect({ name, connection, metrics }) {
    if (metrics.kind === 'prometheus') return createPrometheusEgress(metrics, connect);
    if (metrics.kind === 'simulated' && connection.kind === 'simulated') {
      return createSimulatedEgressMetrics(world.mesh(name, connection.seed));
    }
    return createNoEgressMetrics(name);
  },
});

export const createProxyConnector = (connect: Connect): ProxyFleetConnector => ({
  connect: ({ name, proxies }) =>
    proxies === undefined ? createNoFleet(name) : createProxyFleet(proxies, undefined, connect),
});
