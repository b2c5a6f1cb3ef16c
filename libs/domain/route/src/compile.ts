import { actionOf } from './action.js';
import type { RouteAction } from './action.js';
import type { ClusterContext } from './cluster.js';
import { anyRequest, conditionsOf, isCatchAll, patternsIn } from './conditions.js';
import type { Conditions } from './conditions.js';
import type { RouteOrigin } from './explanation.js';
import type { RegexEngine } from '@spillway/domain-istio';
import { notForHttp } from './proxy.js';
import type { Listener } from './proxy.js';
import { noOperations } from './read/headers.js';
import type { HttpMatch } from './read/http-match.js';
import type { HttpRule } from './read/http-rule.js';
import type { VirtualService } from './read/virtual-service.js';
import type { Services } from './registry.js';
import type { KnownMesh } from './known-mesh.js';

/** A route as the proxy has it. Routes are tried in order, the first whose conditions hold takes the request. */
export interface CompiledRoute extends RouteOrigin {
  readonly conditions: Conditions;
  readonly action: RouteAction;
  readonly isCatchAll: boolean;
}

/** A match block that the proxy never hears of. */
export interface LeftOut extends RouteOrigin {
  readonly because: string;
}

export type CompiledItem =
  | { readonly sent: true; readonly route: CompiledRoute }
  | { readonly sent: false; readonly leftOut: LeftOut };

export interface CompileContext extends Listener {
  readonly mesh: KnownMesh;
  readonly services: Services;
}

/**
 * The `http` rules of one VirtualService for one listener: a route per match
 * block that is for it, up to the first that takes everything (istio §3.7).
 */
export function compile(service: VirtualService, context: CompileContext): readonly CompiledItem[] {
  const items: CompiledItem[] = [];
  let covering: string | undefined;
  for (const rule of service.http) {
    const blocks: readonly (HttpMatch | undefined)[] =
      rule.match.length === 0 ? [undefined] : rule.match;
    for (const [index, block] of blocks.entries()) {
      const origin = originOf(service, rule, block, index);
      const unused =
        covering === undefined
          ? block && notForHttp(block.client, context)
          : `${covering} before it already takes everything`;
      if (unused !== undefined) {
        items.push({ sent: false, leftOut: { ...origin, because: unused } });
        continue;
      }
      const route = compileRoute(origin, rule, block, context);
      items.push({ sent: true, route });
      if (route.isCatchAll) covering = named(route);
    }
  }
  return items;
}

/** How a sentence calls a route, which may have no name. */
export const named = ({ route, ruleIndex }: Pick<RouteOrigin, 'route' | 'ruleIndex'>): string =>
  route === '' ? `http[${ruleIndex ?? 0}]` : `route ${route}`;

export const routesIn = (items: readonly CompiledItem[]): readonly CompiledRoute[] =>
  items.flatMap((item) => (item.sent ? [item.route] : []));

function originOf(
  service: VirtualService,
  rule: HttpRule,
  block: HttpMatch | undefined,
  index: number,
): RouteOrigin {
  return {
    virtualService: { namespace: service.namespace, name: service.name },
    route: block === undefined || block.name === '' ? rule.name : `${rule.name}.${block.name}`,
    ruleIndex: rule.index,
    matchIndex: block === undefined ? null : index,
    ...(rule.delegated === undefined ? {} : { delegate: rule.delegated }),
  };
}

function compileRoute(
  origin: RouteOrigin,
  rule: HttpRule,
  block: HttpMatch | undefined,
  context: CompileContext,
): CompiledRoute {
  const conditions = block === undefined ? anyRequest : conditionsOf(block);
  const bad = badPattern(conditions, context.mesh.regex);
  return {
    ...origin,
    conditions,
    action: bad === undefined ? actionOf(rule, context) : { kind: 'refused', because: bad },
    isCatchAll: isCatchAll(conditions),
  };
}

function badPattern(conditions: Conditions, regex: RegexEngine): string | undefined {
  for (const pattern of patternsIn(conditions)) {
    const compiled = regex.compile(pattern);
    if (!compiled.ok) return `"${pattern}" is no RE2 pattern: ${compiled.error}`;
  }
  return undefined;
}

/** What a proxy does with a service that no VirtualService routes. */
export function defaultRoute(hostname: string, context: ClusterContext): CompiledRoute {
  const rule: HttpRule = {
    name: 'default',
    index: 0,
    match: [],
    route: [
      {
        destination: { host: hostname, port: context.port },
        weight: 1,
        headers: noOperations,
      },
    ],
  };
  return {
    virtualService: null,
    route: rule.name,
    ruleIndex: null,
    matchIndex: null,
    conditions: anyRequest,
    action: actionOf(rule, context),
    isCatchAll: true,
  };
}
