import { isWildcard } from '../world/host.js';
import { mayCarry, type Labels } from '../world/labels.js';
import type { KnownHost } from '../world/registry.js';
import { selectedBy } from '../world/workload.js';
import type { World } from '../world/world.js';

/**
 * Whether no endpoint of the host has the labels. What cannot be known (pods of
 * the namespace are not given, no Service has the host) is not empty.
 */
export function isEmptySubset(world: World, host: string, labels: Labels): boolean {
  if (isWildcard(host)) return false;
  const known = world.registry.all(host).map((one) => endpointsOf(world, one));
  if (known.length === 0 || known.includes(undefined)) return false;
  return !known.flatMap((endpoints) => endpoints ?? []).some((own) => mayCarry(own, labels));
}

function endpointsOf(world: World, host: KnownHost): readonly Labels[] | undefined {
  if (host.endpoints !== undefined) return host.endpoints;
  if (!world.knows.pods || host.selector === undefined) return undefined;
  const { selector, namespace } = host;
  const areGiven = world.workloads.some((one) => one.namespace === namespace);
  if (!areGiven) return undefined;
  return selectedBy(world.workloads, selector, namespace).map(({ labels }) => labels);
}
