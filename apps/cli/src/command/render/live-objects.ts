import {
  claims,
  fieldsOf,
  listOf,
  ownershipOf,
  routingName,
  virtualServicePlace,
  type LiveObject,
  type LiveRouting,
  type MeshObject,
  type MeshService,
  type ObjectPlace,
} from '@spillway/domain-istio';

/** Stands for the version of an object that a file holds. */
export const fromFile = 'file';

/** What people have in files, as a cluster would show it. */
export function liveRouting(service: MeshService, objects: readonly MeshObject[]): LiveRouting {
  const found = objects.filter(isRouting).map(toLive);
  const named = (kind: LiveObject['kind'], place: ObjectPlace): LiveObject | undefined =>
    found.find((object) => object.kind === kind && isAt(object, place));
  const place = virtualServicePlace(service);
  const virtualService = named('VirtualService', place);
  const destinationRule = named('DestinationRule', routingName(service));
  const own = [virtualService, destinationRule];
  return {
    ...(virtualService && { virtualService }),
    ...(destinationRule && { destinationRule }),
    ...(ownershipOf(service).kind === 'delegate' &&
      objects.length > 0 && { roots: found.filter((object) => handsTo(object, place)) }),
    foreign: found.filter((object) => !own.includes(object) && claims(object, service)),
  };
}

const isRouting = ({ apiVersion, kind }: MeshObject): boolean =>
  apiVersion.startsWith('networking.istio.io/') &&
  (kind === 'VirtualService' || kind === 'DestinationRule');

export const toLive = ({ kind, metadata, spec }: MeshObject): LiveObject => ({
  kind: kind === 'VirtualService' ? kind : 'DestinationRule',
  metadata: {
    ...metadata,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    resourceVersion: fromFile,
    managers: [],
  },
  spec,
});

const isAt = ({ metadata }: LiveObject, { namespace, name }: ObjectPlace): boolean =>
  metadata.namespace === namespace && metadata.name === name;

function handsTo({ kind, metadata, spec }: LiveObject, place: ObjectPlace): boolean {
  if (kind !== 'VirtualService') return false;
  return listOf(fieldsOf(spec)['http'])
    .map((route) => fieldsOf(fieldsOf(route)['delegate']))
    .some(
      ({ name, namespace = metadata.namespace }) =>
        name === place.name && namespace === place.namespace,
    );
}
