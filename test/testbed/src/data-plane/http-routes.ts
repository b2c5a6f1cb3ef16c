import type { Json } from './clusters.js';
import { routeAction } from './http-action.js';
import { corsConfig, faultConfig } from './http-filters.js';
import { headerOperations } from './http-headers.js';
import { isCatchAll, isFor, routeMatch, type Place } from './http-match.js';
import type { HttpMatch, HttpRule, Redirect } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import type { VirtualService } from './virtual-services.js';

export interface CompiledRoute {
  readonly route: Json;
  readonly isCatchAll: boolean;
}

/** One Envoy route for each block that may match here, up to the first that always does. */
export function compileRoutes(
  of: VirtualService,
  view: MeshView,
  place: Place,
): readonly CompiledRoute[] {
  const routes: CompiledRoute[] = [];
  for (const rule of of.http) {
    const blocks = rule.match?.length ? rule.match : [{}];
    for (const match of blocks.filter((block) => isFor(block, place))) {
      const last = isCatchAll(match);
      routes.push({ route: compile({ of, rule, match, view, place }), isCatchAll: last });
      if (last) return routes;
    }
  }
  return routes;
}

interface Compiling {
  readonly of: VirtualService;
  readonly rule: HttpRule;
  readonly match: HttpMatch;
  readonly view: MeshView;
  readonly place: Place;
}

function compile({ of, rule, match, view, place }: Compiling): Json {
  const owner = `/apis/networking.istio.io/v1/namespaces/${of.namespace}/virtual-service/${of.name}`;
  const name = match.name ? `${rule.name ?? ''}.${match.name}` : rule.name;
  const filters = { ...corsConfig(rule.corsPolicy), ...faultConfig(rule.fault) };
  return {
    ...(name && { name }),
    match: routeMatch(match),
    ...actionOf(rule, view, place),
    metadata: { filter_metadata: { istio: { config: owner } } },
    ...(Object.keys(filters).length > 0 && { typed_per_filter_config: filters }),
  };
}

function actionOf(rule: HttpRule, view: MeshView, place: Place): Json {
  const { directResponse, redirect } = rule;
  if (directResponse) {
    const { body, status } = directResponse;
    const text = body?.string ?? Buffer.from(body?.bytes ?? '', 'base64').toString();
    return {
      direct_response: { status, body: { inline_string: text } },
      ...headerOperations(rule.headers),
    };
  }
  if (redirect) return { ...redirectAction(redirect), ...headerOperations(rule.headers) };
  return routeAction(rule, view, place);
}

const redirectCodes: Readonly<Record<number, string>> = {
  301: 'MOVED_PERMANENTLY',
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
};

/** Another code leaves the route without an action, and Envoy refuses the whole configuration. */
function redirectAction({ redirectCode = 301, ...to }: Redirect): Json {
  const response_code = redirectCodes[redirectCode];
  if (response_code === undefined) return {};
  const byScheme = to.derivePort === 'FROM_PROTOCOL_DEFAULT';
  const port_redirect =
    to.port ?? (byScheme ? { http: 80, https: 443 }[to.scheme ?? ''] : undefined);
  return {
    redirect: {
      response_code,
      ...(to.authority && { host_redirect: to.authority }),
      ...(to.uri && { path_redirect: to.uri }),
      ...(to.scheme && { scheme_redirect: to.scheme }),
      ...(port_redirect && { port_redirect }),
    },
  };
}
