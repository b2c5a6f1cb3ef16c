import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { managedByLabel, managedByValue } from './routing-name.js';

export const isManaged = (object: LiveObject): boolean =>
  object.metadata.labels[managedByLabel] === managedByValue;

/**
 * Why Spillway must not write here, in a sentence; `undefined` when it may.
 * Two VirtualServices for one mesh host do not merge, the oldest wins (istio
 * §3.3), and a second DestinationRule may hide our subsets (§3.5): writing
 * beside them would look right and change nothing, or break requests.
 */
export function foreignClaim(live: LiveRouting): string | undefined {
  const [first] = live.foreign;
  if (first === undefined) return undefined;
  const { namespace, name, managers } = first.metadata;
  const by = managers[0] === undefined ? '' : `, last written by ${managers[0].name}`;
  return `${first.kind} ${namespace}/${name} claims the same host and is not Spillway's${by}`;
}
