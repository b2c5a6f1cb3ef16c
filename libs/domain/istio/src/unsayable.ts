import { isExposed, type MatchRoute, type RequestMatch } from '@spillway/domain-traffic';
import { ownershipOf, protocolOf, type MeshService, type Traffic } from './traffic.js';

/**
 * Why the service cannot have this exposure whatever its clusters hold, in a
 * sentence; `undefined` when it can. What is not asked here would be left out of
 * the routing in silence.
 */
export const unsayable = (
  traffic: Pick<Traffic, 'service' | 'exposure' | 'sticky'>,
): string | undefined =>
  handedConnections(traffic.service) ??
  (isExposed(traffic.exposure) ? (moreThanWeights(traffic) ?? anyRoute(traffic)) : undefined);

const isConnections = (service: MeshService): boolean =>
  protocolOf(service) === 'tcp' || protocolOf(service) === 'tls';

const handedConnections = (service: MeshService): string | undefined =>
  ownershipOf(service).kind === 'delegate' && isConnections(service)
    ? `only HTTP can be handed to another VirtualService, and ${service.service} is ${protocolOf(service)}`
    : undefined;

function moreThanWeights(traffic: Parameters<typeof unsayable>[0]): string | undefined {
  const { service } = traffic;
  const more = beyondWeights(traffic);
  if (more === undefined) return undefined;
  if (ownershipOf(service).kind === 'replicas') return `without a mesh there is no way for ${more}`;
  return isConnections(service)
    ? `${protocolOf(service)} has connections and no requests: there is no way for ${more}`
    : undefined;
}

function anyRoute(traffic: Parameters<typeof unsayable>[0]): string | undefined {
  for (const route of traffic.exposure.routes ?? []) {
    const because = routeProblem(route, traffic);
    if (because !== undefined) return `"${route.name}" ${because}`;
  }
  return undefined;
}

function beyondWeights({
  exposure: { routes = [], mirror },
  sticky,
}: Pick<Traffic, 'exposure' | 'sticky'>): string | undefined {
  if (routes.length > 0) return 'routes by match';
  if (mirror !== undefined) return 'copies';
  return sticky === undefined ? undefined : 'cookies';
}

function routeProblem(
  { where, match }: MatchRoute,
  { service }: Pick<Traffic, 'service'>,
): string | undefined {
  // An adopted VirtualService says itself which gateways it is at.
  const needsEdge = where === 'edge' && ownershipOf(service).kind !== 'adopted';
  if (needsEdge && (service.edge?.gateways ?? []).length === 0) {
    return 'is for the edge, and the service has no gateways';
  }
  if (where === 'edge' && match.some(asksForCaller)) {
    return 'asks for callers that a gateway does not know';
  }
  return match.some(hasCookies)
    ? 'asks for more than one condition on cookies; one pattern cannot say that'
    : undefined;
}

const asksForCaller = ({ sourceLabels = {}, sourceNamespace }: RequestMatch): boolean =>
  sourceNamespace !== undefined || Object.keys(sourceLabels).length > 0;

const hasCookies = ({ cookies = {}, headers = {} }: RequestMatch): boolean =>
  Object.keys(cookies).length + ('cookie' in headers ? 1 : 0) > 1;
