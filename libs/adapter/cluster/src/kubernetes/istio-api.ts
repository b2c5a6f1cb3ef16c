import type { IstioKind, ObjectPlace } from '@spillway/domain-istio';

export const istioApiPath = '/apis/networking.istio.io/v1';

export const pluralOf: Readonly<Record<IstioKind, string>> = {
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
};

/** What is written: routing, and where there is no mesh the number of pods. */
export type WrittenKind = IstioKind | 'Deployment';

export const objectPath = (kind: WrittenKind, { namespace, name }: ObjectPlace): string =>
  kind === 'Deployment'
    ? `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`
    : `${istioApiPath}/namespaces/${namespace}/${pluralOf[kind]}/${name}`;
