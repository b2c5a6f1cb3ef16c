import {
  claimOf,
  claims,
  claimsOf,
  fieldsOf,
  isManaged,
  listOf,
  nameClaim,
  ownershipOf,
  routingName,
  virtualServicePlace,
  type Claim,
  type LiveObject,
  type LiveRouting,
  type MeshService,
  type ObjectPlace,
} from '@spillway/domain-istio';
import type { Instant } from '@spillway/kernel';

/** An object as a watch has told it. */
export interface Seen {
  readonly object: LiveObject;
  /** When the present spec was first seen. */
  readonly since: Instant;
}

export const placeText = ({ namespace, name }: ObjectPlace): string => `${namespace}/${name}`;

const isAt = ({ metadata }: LiveObject, place: ObjectPlace): boolean =>
  placeText(metadata) === placeText(place);

/** Where a route hands its requests to, from an object of this namespace. */
export function delegateOf(route: unknown, namespaceOfObject: string): ObjectPlace | undefined {
  const { name, namespace } = fieldsOf(fieldsOf(route)['delegate']);
  if (typeof name !== 'string') return undefined;
  const isNamed = typeof namespace === 'string' && namespace !== '';
  return { namespace: isNamed ? namespace : namespaceOfObject, name };
}

/** Where a VirtualService hands requests to, one level deep and HTTP only (istio §3.4). */
export const delegatesOf = ({ kind, metadata, spec }: LiveObject): readonly ObjectPlace[] =>
  kind === 'VirtualService'
    ? listOf(fieldsOf(spec)['http']).flatMap((route) => delegateOf(route, metadata.namespace) ?? [])
    : [];

const handsTo = (object: LiveObject, place: ObjectPlace): boolean =>
  delegatesOf(object).some((to) => placeText(to) === placeText(place));

/** The part after the `*` of a DestinationRule's host. */
export function wildcardOf({ kind, spec }: LiveObject): string | undefined {
  const { host } = fieldsOf(spec);
  const isWildcard = kind === 'DestinationRule' && typeof host === 'string' && host.startsWith('*');
  return isWildcard ? host.slice(1) : undefined;
}

/** Rules of the root namespace come last, after ours; this is what it is called where nobody says otherwise. */
const rootNamespace = 'istio-system';

/**
 * Whether callers in the rule's namespace see it instead of ours, and so none of
 * our subsets: rules of the caller's namespace go first, wildcards too, and are
 * not merged with others (istio §3.5).
 */
function hides(object: LiveObject, service: MeshService): boolean {
  const wildcard = wildcardOf(object);
  const { namespace } = object.metadata;
  if (wildcard === undefined || service.versionHost !== undefined) return false;
  const isCallers = namespace !== routingName(service).namespace && namespace !== rootNamespace;
  return isCallers && service.host.endsWith(wildcard);
}

/** The routing of a service, out of objects among which is all that bears on it. */
export function routingAmong(service: MeshService, objects: readonly Seen[]): LiveRouting {
  const { kind } = ownershipOf(service);
  const place = virtualServicePlace(service);
  const named = (of: LiveObject['kind'], at: ObjectPlace): Seen | undefined =>
    objects.find(({ object }) => object.kind === of && isAt(object, at));
  const virtualService = named('VirtualService', place);
  const destinationRule = named('DestinationRule', routingName(service));

  const isForeign = ({ object }: Seen): boolean => {
    if (object === virtualService?.object) return kind !== 'adopted' && !isManaged(object);
    if (object === destinationRule?.object) return !isManaged(object);
    return claims(object, service) || hides(object, service);
  };
  return {
    ...(virtualService && {
      virtualService: virtualService.object,
      virtualServiceSince: virtualService.since,
    }),
    ...(destinationRule && {
      destinationRule: destinationRule.object,
      destinationRuleSince: destinationRule.since,
    }),
    ...(kind === 'delegate' && {
      roots: inOrder(objects.filter(({ object }) => handsTo(object, place))),
    }),
    foreign: inOrder(objects.filter(isForeign)),
  };
}

const inOrder = (objects: readonly Seen[]): readonly LiveObject[] =>
  objects.map(({ object }) => object).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1));

const textOf = ({ kind, metadata }: LiveObject): string => `${kind} ${placeText(metadata)}`;

/**
 * The services that a change of these objects is news for: those that they claim,
 * and of the followed ones also those that they route without claiming them. An
 * edit may take a host away, so give what was there before, too.
 */
export function concerned(
  objects: readonly LiveObject[],
  followed: Iterable<MeshService>,
): readonly Pick<Claim, 'namespace' | 'host'>[] {
  const all = objects.flatMap((object) => [...claimsOf(object), ...nameClaim(object)]);
  const told = new Map(all.toReversed().map((claim) => [claim.key, claim]));
  const places = new Set(objects.flatMap(placesOf));
  const hiding = objects.filter((object) => wildcardOf(object) !== undefined);
  for (const service of followed) {
    const { claim, place } = whereaboutsOf(service);
    const isRouted = places.has(place) || hiding.some((object) => hides(object, service));
    if (told.has(claim.key) || isRouted) told.set(claim.key, { ...claim, host: service.host });
  }
  return [...told.values()];
}

/** The places whose services an object routes: where it is, and where it hands requests to. */
const placesOf = (object: LiveObject): readonly string[] => [
  ...(object.kind === 'VirtualService' ? [placeText(object.metadata)] : []),
  ...delegatesOf(object).map(placeText),
];

interface Whereabouts {
  readonly claim: Claim;
  /** Of its VirtualService. */
  readonly place: string;
}

/** All followed services are gone through for each change in a cluster. */
const known = new WeakMap<MeshService, Whereabouts>();

function whereaboutsOf(service: MeshService): Whereabouts {
  const before = known.get(service);
  if (before !== undefined) return before;
  const found = { claim: claimOf(service), place: placeText(virtualServicePlace(service)) };
  known.set(service, found);
  return found;
}
