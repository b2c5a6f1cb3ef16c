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
import type {
  Clock,
  ClusterConnector,
  EgressConnector,
  EgressMetricsConnector,
  MetricsConnector,
  ProxyFleetConnector,
} from '@spillway/application';

/** Chooses by the kind of connection. */
export function createClusterConnector(clock: Clock, world: SimulatedWorld): ClusterConnector {
  const kubernetes = new KubernetesConnector({ clock });
  const simulated = createSimulatedConnector(world);
  return {
    connect: (options) =>
      (options.connection.kind === 'simulated' ? simulated : kubernetes).connect(options),
  };
}

/** A simulated cluster measures itself, and only itself. */
export function createMetricsConnector(clock: Clock, world: SimulatedWorld): MetricsConnector {
  return {
    connect({ name, connection, metrics }) {
      if (metrics.kind === 'prometheus') {
        return createPrometheusSource(metrics, { cluster: name, clock });
      }
      if (metrics.kind === 'simulated' && connection.kind === 'simulated') {
        return createSimulatedMetricsSource(world.mesh(name, connection.seed));
      }
      return createNoMetricsSource(name);
    },
  };
}

export function createEgressConnector(world: SimulatedWorld): EgressConnector {
  const kubernetes = createKubernetesEgressConnector();
  const simulated = createSimulatedEgressConnector(world);
  return {
    connect: (record) =>
      (record.connection.kind === 'simulated' ? simulated : kubernetes).connect(record),
  };
}

export const createEgressMetricsConnector = (world: SimulatedWorld): EgressMetricsConnector => ({
  connect({ name, connection, metrics }) {
    if (metrics.kind === 'prometheus') return createPrometheusEgress(metrics);
    if (metrics.kind === 'simulated' && connection.kind === 'simulated') {
      return createSimulatedEgressMetrics(world.mesh(name, connection.seed));
    }
    return createNoEgressMetrics(name);
  },
});

export const createProxyConnector = (): ProxyFleetConnector => ({
  connect: ({ name, proxies }) =>
    proxies === undefined ? createNoFleet(name) : createProxyFleet(proxies),
});
