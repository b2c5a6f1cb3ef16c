import type { ClusterConnector } from '@spillway/application';
import { InvariantBroken } from '@spillway/kernel';
import { SimulatedLink } from './simulated-link.js';
import type { SimulatedWorld } from './simulated-world.js';

/** Connects to clusters that exist in this process only: connections of kind `simulated`. */
export function createSimulatedConnector(world: SimulatedWorld): ClusterConnector {
  return {
    connect(options) {
      const { cluster, connection } = options;
      if (connection.kind !== 'simulated') {
        throw new InvariantBroken(
          `cluster "${cluster}" has a connection of kind ${connection.kind}`,
        );
      }
      return new SimulatedLink(world.mesh(cluster, connection.seed), options);
    },
  };
}
