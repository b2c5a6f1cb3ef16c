import type { Destination, WeightedDestination } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { clusterName } from './names.js';

/** The explicit port, else the service's only one, else the one that was asked. The cluster need not exist. */
export function destinationCluster(
  { host, subset, port }: Destination,
  view: MeshView,
  listenerPort: number,
): string {
  const ports = view.find(host)?.ports ?? [];
  const only = ports.length === 1 ? ports[0]?.number : undefined;
  return clusterName(port?.number ?? only ?? listenerPort, subset, host);
}

/** Weights pass to Envoy as they are; a negative one becomes a huge one, as in Go. */
export const weighted = (
  route: readonly WeightedDestination[],
  view: MeshView,
  listenerPort: number,
): readonly { name: string; weight: number; from: WeightedDestination }[] =>
  route
    .filter(({ weight = 0 }) => weight !== 0)
    .map((from) => ({
      name: destinationCluster(from.destination, view, listenerPort),
      weight: (from.weight ?? 0) >>> 0,
      from,
    }));
