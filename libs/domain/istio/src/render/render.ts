import {
  istioApiVersion,
  type DestinationRule,
  type ObjectMeta,
  type VirtualService,
  type VirtualServiceSpec,
} from '../istio-object.js';
import { renderConnections, renderHttp } from './render-routes.js';
import {
  generationAnnotation,
  managedByLabel,
  managedByValue,
  releaseAnnotation,
  routingName,
  virtualServicePlace,
} from './routing-name.js';
import {
  ownershipOf,
  protocolOf,
  type MeshService,
  type ObjectPlace,
  type Traffic,
} from '../traffic.js';

/** The VirtualService that is ours: it routes the service, or is handed its requests. Same traffic, same bytes. */
export function renderVirtualService(traffic: Traffic): VirtualService {
  const { service } = traffic;
  return {
    apiVersion: istioApiVersion,
    kind: 'VirtualService',
    metadata: {
      ...owned(virtualServicePlace(service)),
      annotations: {
        [releaseAnnotation]: traffic.release,
        [generationAnnotation]: String(traffic.generation),
      },
    },
    spec: { ...bound(service), ...routes(traffic) },
  };
}

/**
 * One object for the mesh and the edge, so that a step is one write: rules that
 * are bound to one of them are not seen by the other (IST0140).
 */
function bound(service: MeshService): Pick<VirtualServiceSpec, 'hosts' | 'gateways'> {
  const { host, edge } = service;
  if (ownershipOf(service).kind === 'delegate') return {};
  return {
    hosts: [host, ...(edge?.hosts ?? [])],
    // "mesh" is meant without saying so. Said, nobody can take our route out of the mesh unnoticed.
    gateways: ['mesh', ...(edge?.gateways ?? [])],
  };
}

function routes(traffic: Traffic): Pick<VirtualServiceSpec, 'http' | 'tcp' | 'tls'> {
  const protocol = protocolOf(traffic.service);
  if (protocol === 'tcp') return { tcp: renderConnections(traffic) };
  return protocol === 'tls' ? { tls: renderConnections(traffic) } : { http: renderHttp(traffic) };
}

/**
 * The subsets, in the order of their names. Carries the release, not the
 * generation: it changes once when a release prepares and once when it is over.
 * The first of these writes gives it a new resourceVersion, which stops a removal
 * of subsets that an earlier release has still on the way.
 */
export function renderDestinationRule(traffic: Traffic): DestinationRule {
  const { service, subsets, release } = traffic;
  return {
    apiVersion: istioApiVersion,
    kind: 'DestinationRule',
    metadata: { ...owned(routingName(service)), annotations: { [releaseAnnotation]: release } },
    spec: {
      host: service.host,
      subsets: [...new Set(subsets)].sort().map((name) => ({
        name,
        labels: { [service.versionLabel]: name },
      })),
    },
  };
}

const owned = (place: ObjectPlace): Omit<ObjectMeta, 'annotations'> => ({
  ...place,
  labels: { [managedByLabel]: managedByValue },
});
