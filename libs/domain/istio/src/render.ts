import { EVERYTHING, NOTHING, splitServiceName, type Version } from '@spillway/kernel';
import {
  istioApiVersion,
  type DestinationRule,
  type ObjectMeta,
  type VirtualService,
  type WeightedDestination,
} from './istio-object.js';
import {
  generationAnnotation,
  managedByLabel,
  managedByValue,
  releaseAnnotation,
  routingName,
} from './routing-name.js';
import type { MeshService, Traffic } from './traffic.js';

/**
 * The one route that splits a service's traffic. Same traffic, same bytes.
 *
 * The route's name carries service, release and generation: it is the only text
 * of ours that survives into Envoy's route table and access logs (istio §4.5).
 */
export function renderVirtualService(traffic: Traffic): VirtualService {
  return {
    apiVersion: istioApiVersion,
    kind: 'VirtualService',
    metadata: {
      ...owned(traffic.service),
      annotations: {
        [releaseAnnotation]: traffic.release,
        [generationAnnotation]: String(traffic.generation),
      },
    },
    spec: {
      hosts: [traffic.service.host],
      // What it is without saying so. Said, nobody can take our route out of the mesh unnoticed.
      gateways: ['mesh'],
      http: [{ name: routeName(traffic), route: split(traffic) }],
    },
  };
}

/** `catalog.0f3a9c1e.g7`: the first block of the release's id is enough to find it. */
export function routeName({ service, release, generation }: Traffic): string {
  const { name } = splitServiceName(service.service);
  return `${name}.${release.split('-')[0] ?? release}.g${generation}`;
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
    metadata: { ...owned(service), annotations: { [releaseAnnotation]: release } },
    spec: {
      host: service.host,
      subsets: [...new Set(subsets)].sort().map((name) => ({
        name,
        labels: { [service.versionLabel]: name },
      })),
    },
  };
}

function owned(service: MeshService): Omit<ObjectMeta, 'annotations'> {
  return { ...routingName(service), labels: { [managedByLabel]: managedByValue } };
}

/** A single destination takes no weight: Istio ignores one there, and a reader may not. */
function split({ service, stable, candidate, candidateWeight }: Traffic): WeightedDestination[] {
  const to = (subset: Version) => ({ host: service.host, subset, port: { number: service.port } });
  if (candidateWeight === NOTHING) return [{ destination: to(stable) }];
  if (candidateWeight === EVERYTHING) return [{ destination: to(candidate) }];
  // Whole percents are written as percents: people read them, and Istio before 1.15 wants a sum of 100.
  const unit = candidateWeight % 100 === 0 ? 100 : 1;
  return [
    { destination: to(stable), weight: (EVERYTHING - candidateWeight) / unit },
    { destination: to(candidate), weight: candidateWeight / unit },
  ];
}
