import type { MatchRoute } from '@spillway/domain-traffic';
import type { ConnectionRoute, HttpRoute, WeightedDestination } from '../istio-object.js';
import { destinationOf, split } from './render-destination.js';
import { placesOf, renderMatches } from './render-match.js';
import { routeName } from './routing-name.js';
import { cookieValue, stickyOf, withCookie } from './sticky.js';
import type { Traffic } from '../traffic.js';

/** Requests that are safe to be made twice. */
export const mirroredRoute = {
  name: 'mirrored',
  match: [{ method: { exact: 'GET' } }, { method: { exact: 'HEAD' } }],
} as const satisfies MatchRoute;

/**
 * The routes of a VirtualService that is ours, first match wins: people's match
 * routes, those who stay by cookie, and the split for everybody else.
 */
export const renderHttp = (traffic: Traffic): readonly HttpRoute[] => [
  ...matchRoutes(traffic),
  ...cookieRoutes(traffic),
  ...defaultRoutes(traffic),
];

function matchRoutes(traffic: Traffic): readonly HttpRoute[] {
  const { service, candidate, exposure } = traffic;
  const route = [{ destination: destinationOf(service, candidate) }];
  return (exposure.routes ?? []).flatMap((one) => {
    const match = renderMatches(one, placesOf(one.where, service));
    // Without a match it would take everything.
    return match.length === 0 ? [] : [{ name: routeName(traffic, one.name), match, route }];
  });
}

/** For those who have been given a version by this release. */
export function cookieMatches(
  traffic: Traffic,
): readonly { readonly route: MatchRoute; readonly version: Traffic['stable'] }[] {
  const sticky = stickyOf(traffic);
  if (sticky === undefined) return [];
  const { stable, candidate } = traffic;
  return [
    { version: candidate, name: 'stay-candidate' },
    { version: stable, name: 'stay-stable' },
  ].map(({ version, name }) => {
    const cookies = { [sticky.cookie]: { exact: cookieValue(traffic, version) } };
    return { version, route: { name, match: [{ cookies }] } };
  });
}

const cookieRoutes = (traffic: Traffic): readonly HttpRoute[] =>
  cookieMatches(traffic).map(({ route, version }) => ({
    name: routeName(traffic, route.name),
    match: renderMatches(route, undefined),
    route: [{ destination: destinationOf(traffic.service, version) }],
  }));

function defaultRoutes(traffic: Traffic): readonly HttpRoute[] {
  const { mirror } = traffic.exposure;
  const route = defaultSplit(traffic);
  const all = { name: routeName(traffic), route };
  if (mirror === undefined) return [all];
  const copied = {
    mirror: destinationOf(traffic.service, traffic.candidate),
    mirrorPercentage: { value: mirror.share / 100 },
  };
  if (mirror.methods === 'all') return [{ ...all, ...copied }];
  const { name, match } = mirroredRoute;
  const safe = { name: routeName(traffic, name), match, route };
  return [{ ...safe, ...copied }, all];
}

function defaultSplit(traffic: Traffic): readonly WeightedDestination[] {
  const sticky = stickyOf(traffic);
  const destinations = split(traffic);
  if (sticky === undefined) return destinations;
  const versions = [traffic.stable, traffic.candidate] as const;
  return destinations.map((destination, i) =>
    withCookie(traffic, sticky, destination, versions[i] ?? traffic.stable),
  );
}

/** One route for the mesh, and one for the gateways, whose ports are others. */
export function renderConnections(traffic: Traffic): readonly ConnectionRoute[] {
  const { port, protocol, edge, host } = traffic.service;
  const route = split(traffic);
  const sni = protocol === 'tls' ? { sniHosts: [host, ...(edge?.hosts ?? [])] } : {};
  if (edge === undefined) return [{ match: [{ port, ...sni }], route }];
  return [
    { match: [{ port, ...sni, gateways: ['mesh'] }], route },
    { match: [{ ...sni, gateways: edge.gateways }], route },
  ];
}
