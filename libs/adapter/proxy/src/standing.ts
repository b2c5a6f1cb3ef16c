import type { ProxyAnswer, ProxyQuestion } from '@spillway/application';

/** The part of a proxy's route table that tells what it routes, and by which routes. */
export interface VirtualHost {
  readonly domains: readonly string[];
  /** Names; empty for a route without one. */
  readonly routes: readonly string[];
}

/** What a proxy has of the routing. `elsewhere`: it does not route the service at all. */
export type Standing = 'has' | 'lacks' | 'elsewhere';

/**
 * A proxy has the routing when routes of it are there and none of another generation
 * is: route configurations of several ports may come one after another.
 */
export function standingOf(
  virtualHosts: readonly VirtualHost[],
  { hosts, routeName }: ProxyQuestion,
): Standing {
  const generations = new Set(
    virtualHosts.flatMap(({ routes }) => routes.flatMap((route) => generationIn(route, routeName))),
  );
  if (generations.size > 0) {
    return generations.size === 1 && generations.has(generationOf(routeName)) ? 'has' : 'lacks';
  }
  const isRouted = virtualHosts.some(({ domains }) =>
    domains.some((domain) => hosts.includes(withoutPort(domain))),
  );
  return isRouted ? 'lacks' : 'elsewhere';
}

/** `catalog.0f3a9c1e.g` of `catalog.0f3a9c1e.g7`. */
const stemOf = (routeName: string): string => routeName.replace(/\d+$/, '');

const generationOf = (routeName: string): string => routeName.slice(stemOf(routeName).length);

/** The generation in a name of the same release, which may have more before it and behind it. */
function generationIn(route: string, routeName: string): readonly string[] {
  const stem = stemOf(routeName);
  const at = route.indexOf(stem);
  const isWord = at === 0 || (at > 0 && !/[a-z0-9]/i.test(route.charAt(at - 1)));
  const generation = isWord ? /^\d+/.exec(route.slice(at + stem.length))?.[0] : undefined;
  return generation === undefined ? [] : [generation];
}

/** `catalog.shop.svc.cluster.local:8080` is a domain of its own in Envoy. */
const withoutPort = (domain: string): string => domain.replace(/:\d+$/, '');

/** What was found out so far. */
export interface Findings {
  readonly has: number;
  readonly behind: readonly string[];
  /** Why nothing is known of some. */
  readonly unknown: readonly string[];
}

/** One known to be behind is an answer, whatever is not known of others. */
export function conclude(all: readonly Findings[]): ProxyAnswer {
  const behind = all.flatMap((one) => one.behind);
  const has = all.reduce((sum, one) => sum + one.has, 0);
  if (behind.length > 0) return { kind: 'behind', proxies: has + behind.length, behind };
  const unknown = all.flatMap((one) => one.unknown);
  if (unknown.length > 0) return { kind: 'unknown', reason: unknown.join('; ') };
  if (has > 0) return { kind: 'everywhere', proxies: has };
  return { kind: 'unknown', reason: 'none of the proxies that were asked routes the service' };
}
