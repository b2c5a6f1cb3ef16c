import type { IstioKind, ObjectPlace } from '@spillway/domain-istio';

export const istioApiPath = '/apis/networking.istio.io/v1';

export const pluralOf: Readonly<Record<IstioKind, string>> = {
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
};

/** What is written: routing, and where there is no mesh the number of pods. */
export type WrittenKind = IstioKind | 'Deployment';

/** Of a Deployment only its Scale is read and written, which takes fewer rights. */
export const objectPath = (kind: WrittenKind, { namespace, name }: ObjectPlace): string =>
  kind === 'Deployment'
    ? `/apis/apps/v1/namespaces/${namespace}/deployments/${name}/scale`
    : `${istioApiPath}/namespaces/${namespace}/${pluralOf[kind]}/${name}`;
