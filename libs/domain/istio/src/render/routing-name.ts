import { splitServiceName, type ReleaseId } from '@spillway/kernel';
import type { IstioKind } from '../istio-object.js';
import { ownershipOf, type MeshService, type ObjectPlace, type Traffic } from '../traffic.js';

/** Name and place of the objects that Spillway creates for a service: the same for both kinds. */
export function routingName({ service }: Pick<MeshService, 'service'>): ObjectPlace {
  const { namespace, name } = splitServiceName(service);
  return { namespace, name: `${name}-spillway` };
}

/** The VirtualService that routes the service, whoever owns it. */
export function virtualServicePlace(service: MeshService): ObjectPlace {
  const ownership = ownershipOf(service);
  return 'virtualService' in ownership ? ownership.virtualService : routingName(service);
}

/** The objects that Spillway writes for a service in the mesh; none where replica counts route it. */
export function placesOf(
  service: MeshService,
): readonly { readonly kind: IstioKind; readonly place: ObjectPlace }[] {
  if (ownershipOf(service).kind === 'replicas') return [];
  return [
    { kind: 'VirtualService', place: virtualServicePlace(service) },
    { kind: 'DestinationRule', place: routingName(service) },
  ];
}

/** The first block of a release's id: enough to find it. */
export const shortRelease = (release: ReleaseId): string => release.split('-')[0] ?? release;

/**
 * `catalog.0f3a9c1e.g7`, and `catalog.0f3a9c1e.g7.testers` for a route beside the
 * default one. The only text of ours that survives into Envoy's route table and
 * access logs (istio §4.5).
 */
export function routeName({ service, release, generation }: Traffic, part?: string): string {
  const { name } = splitServiceName(service.service);
  const own = `${name}.${shortRelease(release)}.g${generation}`;
  return part === undefined ? own : `${own}.${part}`;
}

/**
 * The part in the name of a route of ours that is beside the default one; of several
 * with one part the later ones have their number behind it.
 */
export function ownPart(
  { service }: Pick<MeshService, 'service'>,
  name: unknown,
): string | undefined {
  const own = `${splitServiceName(service).name}.`;
  if (typeof name !== 'string' || !name.startsWith(own)) return undefined;
  return /^[^.]+\.g\d+\.([^.]+)(?:\.\d+)?$/.exec(name.slice(own.length))?.[1];
}

/** Marks what Spillway owns. Keys avoid `istio.io`, which would make every edit a full push (istio model/config_compare.go). */
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'spillway';
export const releaseAnnotation = 'spillway.dev/release';
export const generationAnnotation = 'spillway.dev/generation';
/** What an adopted VirtualService had where Spillway changed it, as JSON. */
export const originalAnnotation = 'spillway.dev/original';
