import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { managedByLabel, managedByValue, releaseAnnotation } from './routing-name.js';

export const isManaged = (object: LiveObject): boolean =>
  object.metadata.labels[managedByLabel] === managedByValue;

/** Ours by name and by what we wrote into it; a label that somebody changed does not give it away. */
const isOurs = ({ kind, metadata }: LiveObject, live: LiveRouting): boolean => {
  const own = kind === 'VirtualService' ? live.virtualService : live.destinationRule;
  return (
    own?.metadata.name === metadata.name &&
    own.metadata.namespace === metadata.namespace &&
    releaseAnnotation in metadata.annotations
  );
};

/**
 * Why Spillway must not write here, in a sentence; `undefined` when it may.
 * Two VirtualServices for one mesh host do not merge, the oldest wins (istio
 * §3.3), and a second DestinationRule may hide our subsets (§3.5): writing
 * beside them would look right and change nothing, or break requests.
 */
export function foreignClaim(live: LiveRouting): string | undefined {
  const first = live.foreign.find((object) => !isOurs(object, live));
  if (first === undefined) return undefined;
  const { namespace, name, managers } = first.metadata;
  const by = managers[0] === undefined ? '' : `, last written by ${managers[0].name}`;
  return `${first.kind} ${namespace}/${name} claims the same host and is not Spillway's${by}`;
}
