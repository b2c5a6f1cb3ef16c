import { ownershipOf, protocolOf, routeName, type Traffic } from '@spillway/domain-istio';
import type { ProxyQuestion } from '../port/proxy-fleet.js';

/** How a routing is found again in proxies, or why it cannot be. */
export type Trace =
  | ({ readonly kind: 'named' } & ProxyQuestion)
  | { readonly kind: 'nameless'; readonly because: string };

/**
 * A route's name is the only text of ours that reaches a proxy (istio §4.5). Where
 * no route has one, nobody can tell one generation from another.
 */
export function traceOf(wanted: Traffic): Trace {
  const { service, exposure } = wanted;
  const because = namelessness(service);
  const isNamed = exposure.routes !== undefined && exposure.routes.length > 0;
  if (because !== undefined && !(ownershipOf(service).kind === 'adopted' && isNamed)) {
    return { kind: 'nameless', because };
  }
  return { kind: 'named', hosts: hostsOf(service), routeName: routeName(wanted) };
}

/** Why the generations of a service cannot be told apart in proxies at every step of a release. */
export function namelessness(service: Traffic['service']): string | undefined {
  const { kind } = ownershipOf(service);
  if (kind === 'replicas') return 'it is routed by its pods';
  const protocol = protocolOf(service);
  if (protocol === 'tcp' || protocol === 'tls') return `routes of ${protocol} have no name`;
  return kind === 'adopted'
    ? 'weights in routes that people named carry no name of ours'
    : undefined;
}

/** People's own VirtualServices may be at other hosts, and in fewer places, than the service. */
const hostsOf = (service: Traffic['service']): readonly string[] =>
  ownershipOf(service).kind === 'managed' ? [service.host, ...(service.edge?.hosts ?? [])] : [];
