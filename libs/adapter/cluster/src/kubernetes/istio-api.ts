import type { IstioKind } from '@spillway/domain-istio';

export const istioApiPath = '/apis/networking.istio.io/v1';

export const pluralOf: Readonly<Record<IstioKind, string>> = {
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
};

export const objectPath = (
  kind: IstioKind,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): string => `${istioApiPath}/namespaces/${namespace}/${pluralOf[kind]}/${name}`;
