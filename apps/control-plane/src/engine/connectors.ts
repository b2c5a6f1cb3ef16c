import {
  KubernetesConnector,
  createSimulatedConnector,
  createSimulatedMetricsSource,
  type SimulatedWorld,
} from '@spillway/adapter-cluster';
import { createNoMetricsSource, createPrometheusSource } from '@spillway/adapter-metrics';
import type { Clock, ClusterConnector, MetricsConnector } from '@spillway/application';

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
      if (metrics.kind === 'prometheus') return createPrometheusSource(metrics, { clock });
      if (metrics.kind === 'simulated' && connection.kind === 'simulated') {
        return createSimulatedMetricsSource(world.mesh(name, connection.seed));
      }
      return createNoMetricsSource(name);
    },
  };
}
