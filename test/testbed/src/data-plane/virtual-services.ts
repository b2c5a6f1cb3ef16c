import type { KubeObject } from '../kube-http.js';
import { mergeDelegate } from './delegates.js';
import {
  byAge,
  namespaceOf,
  specOf,
  type Destination,
  type HttpRule,
  type SourceMatch,
  type StreamRule,
  type VirtualServiceSpec,
} from './istio-objects.js';
import { fullGateway, fullHost, isExported } from './names.js';

/** A VirtualService whose names are all full, and whose delegates are in place. */
export interface VirtualService {
  readonly name: string;
  readonly namespace: string;
  readonly exportTo: readonly string[] | undefined;
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly http: readonly HttpRule[];
  readonly tcp: readonly StreamRule[];
  readonly tls: readonly StreamRule[];
}

/** Those with hosts; the others are delegates and serve only through them. Oldest first. */
export function virtualServicesOf(objects: readonly KubeObject[]): readonly VirtualService[] {
  const all = objects.toSorted(byAge).map(withFullNames);
  return all
    .filter(({ hosts }) => hosts.length > 0)
    .map((root) => ({ ...root, http: root.http.flatMap((rule) => delegated(rule, root, all)) }));
}

/** Those that a proxy in `viewer` sees: of its own namespace alone first, then exported to it, then everybody's. */
export function visibleTo(
  all: readonly VirtualService[],
  viewer: string,
): readonly VirtualService[] {
  const rank = ({ exportTo, namespace }: VirtualService): number => {
    if (exportTo === undefined || exportTo.length === 0 || exportTo.includes('*')) return 2;
    return namespace === viewer ? 0 : 1;
  };
  return all
    .filter(({ exportTo, namespace }) => isExported(exportTo, namespace, viewer))
    .toSorted((a, b) => rank(a) - rank(b));
}

function delegated(
  rule: HttpRule,
  root: VirtualService,
  all: readonly VirtualService[],
): readonly HttpRule[] {
  if (!rule.delegate) return [rule];
  const { name, namespace = root.namespace } = rule.delegate;
  const found = all.find((one) => one.name === name && one.namespace === namespace);
  if (found === undefined || found.hosts.length > 0) return [];
  if (!isExported(found.exportTo, namespace, root.namespace)) return [];
  return mergeDelegate(rule, found.http);
}

function withFullNames(object: KubeObject): VirtualService {
  const { name } = object.metadata;
  const namespace = namespaceOf(object);
  const spec = specOf<VirtualServiceSpec>(object);
  const gateways = spec.gateways?.length ? spec.gateways : ['mesh'];
  return {
    name,
    namespace,
    exportTo: spec.exportTo,
    hosts: (spec.hosts ?? []).map((host) => fullHost(host, namespace)),
    gateways: gateways.map((gateway) => fullGateway(gateway, namespace)),
    http: (spec.http ?? []).map((rule) => fullHttp(rule, namespace)),
    tcp: (spec.tcp ?? []).map((rule) => fullStream(rule, namespace)),
    tls: (spec.tls ?? []).map((rule) => fullStream(rule, namespace)),
  };
}

function fullHttp(rule: HttpRule, namespace: string): HttpRule {
  const full = (destination: Destination): Destination => fullDestination(destination, namespace);
  return {
    ...rule,
    ...(rule.match && { match: rule.match.map((match) => fullMatch(match, namespace)) }),
    ...(rule.route && { route: rule.route.map((to) => fullTarget(to, namespace)) }),
    ...(rule.mirror && { mirror: full(rule.mirror) }),
    ...(rule.mirrors && { mirrors: rule.mirrors.map((to) => fullTarget(to, namespace)) }),
  };
}

const fullStream = (rule: StreamRule, namespace: string): StreamRule => ({
  match: (rule.match ?? []).map((match) => fullMatch(match, namespace)),
  route: (rule.route ?? []).map((to) => fullTarget(to, namespace)),
});

const fullDestination = (destination: Destination, namespace: string): Destination => ({
  ...destination,
  host: fullHost(destination.host, namespace),
});

const fullTarget = <T extends { readonly destination: Destination }>(
  to: T,
  namespace: string,
): T => ({
  ...to,
  destination: fullDestination(to.destination, namespace),
});

const fullMatch = <T extends SourceMatch>(match: T, namespace: string): T => ({
  ...match,
  ...(match.gateways && {
    gateways: match.gateways.map((gateway) => fullGateway(gateway, namespace)),
  }),
});
