import {
  istioApiVersion,
  managedByLabel,
  managedByValue,
  routingName,
  type DestinationRule,
  type MeshService,
  type ObjectMeta,
  type VirtualService,
} from '@spillway/domain-istio';

const metadata = (service: MeshService, annotations: ObjectMeta['annotations']): ObjectMeta => ({
  ...routingName(service),
  labels: { [managedByLabel]: managedByValue },
  annotations,
});

/** Routing of a service in the shape that Spillway writes; `candidate` is v2's weight in percent. */
export const aVirtualService = (
  service: MeshService,
  candidate: number,
  annotations: ObjectMeta['annotations'] = {},
): VirtualService => ({
  apiVersion: istioApiVersion,
  kind: 'VirtualService',
  metadata: metadata(service, annotations),
  spec: {
    hosts: [service.host],
    gateways: ['mesh'],
    http: [
      {
        name: 'spillway',
        route: (['v1', 'v2'] as const).map((subset) => ({
          destination: { host: service.host, subset, port: { number: service.port } },
          weight: subset === 'v2' ? candidate : 100 - candidate,
        })),
      },
    ],
  },
});

export const aDestinationRule = (
  service: MeshService,
  versions: readonly string[],
  annotations: ObjectMeta['annotations'] = {},
): DestinationRule => ({
  apiVersion: istioApiVersion,
  kind: 'DestinationRule',
  metadata: metadata(service, annotations),
  spec: {
    host: service.host,
    subsets: versions.map((name) => ({ name, labels: { [service.versionLabel]: name } })),
  },
});
