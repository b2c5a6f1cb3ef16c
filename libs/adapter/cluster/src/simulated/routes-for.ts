import {
  claims,
  fieldsOf,
  hostKey,
  listOf,
  type LiveObject,
  type MeshService,
} from '@spillway/domain-istio';
import { splitServiceName } from '@spillway/kernel';
import { delegateOf, placeText } from '../bearing.js';

export type Fields = ReturnType<typeof fieldsOf>;

/** The same for every way to write a host that belongs to the service. */
export const ownHostKey = ({ service }: MeshService, host: string): string =>
  hostKey(host, splitServiceName(service).namespace);

/** A route, and the namespace in which short names of hosts in it are read. */
export interface Route {
  readonly fields: Fields;
  readonly namespace: string;
}

interface Found {
  /** Takes whatever is left. */
  readonly everybody?: Route;
  /** The first one in front of it that asks for more. */
  readonly cohort?: Route;
}

/**
 * The routes of a service's requests: of the oldest VirtualService for its host
 * in the mesh, or else of the oldest at the edge that leads to it. `undefined` when
 * nothing routes it.
 */
export function routesFor(service: MeshService, objects: readonly LiveObject[]): Found | undefined {
  const services = objects.filter(({ kind }) => kind === 'VirtualService');
  const inMesh = services.find((object) => claims(object, service));
  if (inMesh !== undefined) return choose(routesOf(inMesh, services), (route) => isForAll(route));
  for (const root of services.filter(({ spec }) => fieldsOf(spec)['hosts'] !== undefined)) {
    const leading = routesOf(root, services).filter((route) => leadsTo(service, route));
    // Whoever comes here by a path comes for this service: that match is no cohort's.
    const theirs = leading.find((route) => !isOurPart(route));
    if (theirs !== undefined)
      return choose(leading, (route) => isForAll(route) || route === theirs);
  }
  return undefined;
}

function choose(routes: readonly Route[], isLast: (route: Route) => boolean): Found {
  const last = routes.findIndex(isLast);
  const before = last < 0 ? routes : routes.slice(0, last);
  const cohort = before.find(({ fields }) => listOf(fields['match']).length > 0);
  const everybody = routes[last];
  return { ...(everybody && { everybody }), ...(cohort && { cohort }) };
}

/** With the routes of a delegate in the place of the one that hands requests to it. */
function routesOf({ metadata, spec }: LiveObject, all: readonly LiveObject[]): readonly Route[] {
  const { http, tls, tcp } = fieldsOf(spec);
  const { namespace } = metadata;
  const routes = listOf(http).map(fieldsOf);
  if (routes.length === 0) {
    const [first] = [...listOf(tls), ...listOf(tcp)].map(fieldsOf);
    // Its match says the port, or the name that the client asks for.
    return first === undefined ? [] : [{ fields: { ...first, match: [] }, namespace }];
  }
  return routes.flatMap((fields) => {
    const place = delegateOf(fields, namespace);
    if (place === undefined) return [{ fields, namespace }];
    const leaf = all.find((object) => placeText(object.metadata) === placeText(place));
    return listOf(fieldsOf(leaf?.spec)['http']).map((own) => ({
      fields: fieldsOf(own),
      namespace: place.namespace,
    }));
  });
}

/** Simulated requests are GETs of any path from anywhere. */
const isForAll = ({ fields }: Route): boolean =>
  listOf(fields['match']).length === 0 || listOf(fields['match']).some(takesAll);

function takesAll(match: unknown): boolean {
  const { uri, method, gateways: _, name: _name, ...more } = fieldsOf(match);
  const isAnyPath = uri === undefined || fieldsOf(uri)['prefix'] === '/';
  const isGet = method === undefined || fieldsOf(method)['exact'] === 'GET';
  return isAnyPath && isGet && Object.keys(more).length === 0;
}

/** A route that Spillway put in front of another one. */
const isOurPart = ({ fields: { name } }: Route): boolean =>
  typeof name === 'string' && /\.g\d+\../.test(name);

const leadsTo = (service: MeshService, { fields, namespace }: Route): boolean =>
  listOf(fields['route']).some((entry) => {
    const { host } = fieldsOf(fieldsOf(entry)['destination']);
    return typeof host === 'string' && isHostOf(service, hostKey(host, namespace));
  });

/** The service's own host, or that of a version. */
function isHostOf(service: MeshService, key: string): boolean {
  const { host, versionHost } = service;
  if (key === ownHostKey(service, host)) return true;
  if (versionHost === undefined) return false;
  const [before = '', after = ''] = ownHostKey(service, versionHost).split('{version}');
  return key.startsWith(before) && key.endsWith(after);
}
