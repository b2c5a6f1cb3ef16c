import { adopt } from './adopt/adopt.js';
import { applyPatch } from './adopt/apply-patch.js';
import { delegateProblem } from './delegate/delegate.js';
import type { LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { renderHttp } from './render/render-routes.js';
import {
  managedByLabel,
  managedByValue,
  ownPart,
  releaseAnnotation,
  virtualServicePlace,
} from './render/routing-name.js';
import { fieldsOf, listOf, type Fields } from './spec-fields.js';
import { collision, rulesBeside } from './subset-definition.js';
import { ownershipOf, type Traffic } from './traffic.js';
import { unsayable } from './unsayable.js';

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

type About = Pick<Traffic, 'service' | 'stable' | 'candidate'>;

/**
 * Why Spillway must not write here, in a sentence; `undefined` when it may.
 * Two VirtualServices for one mesh host do not merge, the oldest wins (istio
 * §3.3), and a DestinationRule in a caller's namespace hides ours (§3.5): writing
 * beside them would look right and change nothing, or break requests.
 */
export function foreignClaim(about: About, live: LiveRouting): string | undefined {
  return absence(about, live) ?? otherClaim(about, live) ?? collision(about, live);
}

/**
 * The same, and why people's objects cannot have the wanted traffic: then none of it
 * is written. Going back has no such reason.
 */
export function obstacle(wanted: Traffic, live: LiveRouting): string | undefined {
  const { kind } = ownershipOf(wanted.service);
  if (kind === 'replicas') return unsayable(wanted);
  return foreignClaim(wanted, live) ?? unsayable(wanted) ?? routingProblem(wanted, live);
}

function routingProblem(wanted: Traffic, live: LiveRouting): string | undefined {
  const { virtualService, roots = [] } = live;
  const routes = routesOfOurs(wanted, virtualService);
  if (typeof routes === 'string') return routes;
  const { exportTo } = fieldsOf(virtualService?.spec);
  return delegateProblem({ place: virtualServicePlace(wanted.service), routes, exportTo }, roots);
}

/** The routes that we would write, or why we cannot. */
function routesOfOurs(
  wanted: Traffic,
  virtualService: LiveObject | undefined,
): readonly Fields[] | string {
  const { kind } = ownershipOf(wanted.service);
  if (kind === 'delegate') return renderHttp(wanted).map(fieldsOf);
  if (kind !== 'adopted' || virtualService === undefined) return [];
  const adoption = adopt(wanted, virtualService);
  if (adoption.kind === 'problem') return adoption.because;
  const { spec } =
    (adoption.kind === 'patch' && applyPatch(virtualService, adoption.operations)) ||
    virtualService;
  return listOf(fieldsOf(spec)['http'])
    .map(fieldsOf)
    .filter(({ name }) => ownPart(wanted.service, name) !== undefined);
}

/** What people were to provide and have not. */
function absence({ service }: About, live: LiveRouting): string | undefined {
  const { kind } = ownershipOf(service);
  const { namespace, name } = virtualServicePlace(service);
  if (kind === 'adopted' && live.virtualService === undefined) {
    return `VirtualService ${namespace}/${name}, which the service adopts, is not there`;
  }
  if (kind === 'delegate' && live.roots?.length === 0) {
    return `no VirtualService hands requests to ${namespace}/${name}`;
  }
  return undefined;
}

function otherClaim(about: About, live: LiveRouting): string | undefined {
  const harmless = [...rulesBeside(about, live), ...(live.roots ?? [])];
  const isOther = (object: LiveObject) => !harmless.includes(object) && !isRouting(object, about);
  const first = live.foreign.find((object) => isOther(object) && !isOurs(object, live));
  if (first === undefined) return undefined;
  const { namespace, name, managers } = first.metadata;
  const by = managers[0] === undefined ? '' : `, last written by ${managers[0].name}`;
  return `${first.kind} ${namespace}/${name} claims the same host and is not Spillway's${by}`;
}

/** The VirtualService of people's that we were given. */
function isRouting({ kind, metadata }: LiveObject, { service }: About): boolean {
  const place = virtualServicePlace(service);
  return (
    kind === 'VirtualService' &&
    ownershipOf(service).kind === 'adopted' &&
    metadata.name === place.name &&
    metadata.namespace === place.namespace
  );
}
