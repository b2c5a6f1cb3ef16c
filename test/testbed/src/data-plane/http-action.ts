import { destinationCluster, weighted } from './destinations.js';
import type { Json } from './clusters.js';
import { authorityOf, headerOperations } from './http-headers.js';
import { hashPolicy } from './hash-policy.js';
import type { Place } from './http-match.js';
import type { HttpRule, WeightedDestination } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { seconds } from './names.js';
import { retryPolicy } from './retry-policy.js';

/** Envoy's RouteAction and what stands beside it. */
export function routeAction(rule: HttpRule, view: MeshView, place: Place): Json {
  const { route = [], rewrite, timeout = '0s' } = rule;
  const single = route.length === 1 ? route[0]?.headers : undefined;
  const authority = rewrite?.authority ?? authorityOf(rule.headers) ?? authorityOf(single);
  return {
    route: {
      ...targets(route, view, place),
      timeout: seconds(timeout),
      ...retryPolicy(rule.retries),
      ...pathRewrite(rewrite),
      ...(authority && { host_rewrite_literal: authority }),
      request_mirror_policies: mirrors(rule, view, place),
      hash_policy: route.flatMap(({ destination }) => hashPolicy(view, destination)),
    },
    ...headerOperations(rule.headers, single),
  };
}

/** A single destination gets everything; of several, those without weight are left out, all of them if need be. */
function targets(route: readonly WeightedDestination[], view: MeshView, place: Place): Json {
  const [single] = route;
  if (single !== undefined && route.length === 1) {
    return { cluster: destinationCluster(single.destination, view, place.port) };
  }
  const clusters = weighted(route, view, place.port).map(({ name, weight, from }) => {
    const authority = authorityOf(from.headers);
    return {
      name,
      weight,
      ...headerOperations(from.headers),
      ...(authority && { host_rewrite_literal: authority }),
    };
  });
  return { weighted_clusters: { clusters } };
}

function pathRewrite(rewrite: HttpRule['rewrite']): Json {
  if (rewrite?.uriRegexRewrite) {
    const { match, rewrite: substitution } = rewrite.uriRegexRewrite;
    return { regex_rewrite: { pattern: { regex: match }, substitution } };
  }
  return rewrite?.uri ? { prefix_rewrite: rewrite.uri } : {};
}

function mirrors(rule: HttpRule, view: MeshView, { port }: Place): readonly Json[] {
  const { mirror, mirrorPercentage: percentage } = rule;
  const single = mirror ? [{ destination: mirror, ...(percentage && { percentage }) }] : [];
  return [...single, ...(rule.mirrors ?? [])].flatMap(({ destination, percentage: share }) => {
    const numerator = Math.trunc((share ? (share.value ?? 0) : 100) * 10_000);
    if (numerator === 0) return [];
    return {
      cluster: destinationCluster(destination, view, port),
      runtime_fraction: { default_value: { numerator, denominator: 'MILLION' } },
      disable_shadow_host_suffix_append: true,
    };
  });
}
