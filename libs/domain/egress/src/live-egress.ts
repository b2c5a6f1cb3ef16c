import type { Instant } from '@spillway/kernel';

export type EgressKind = 'ServiceEntry' | 'Sidecar';

/** Names an object that a policy may concern. */
export interface EgressPlace {
  readonly kind: EgressKind;
  readonly namespace: string;
  readonly name: string;
}

/** A ServiceEntry or Sidecar as a cluster holds it; anybody may have written it. */
export interface LiveEgressObject {
  readonly kind: EgressKind;
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly resourceVersion: string;
    /** RFC 3339: of several Sidecars without selector the oldest decides. */
    readonly createdAt: string;
    /** Who wrote fields last, newest first. */
    readonly managers: readonly { readonly name: string; readonly at: string }[];
  };
  readonly spec: unknown;
}

/** All that a cluster holds of both kinds: objects of other namespaces count too. */
export interface LiveEgress {
  readonly objects: readonly LiveEgressObject[];
  /** Since when it has been seen as it is. */
  readonly since: Instant;
}

/** Where Istio looks for what holds for every namespace, unless the mesh was told of another one. */
export const rootNamespace = 'istio-system';

export const ofKind = (
  { objects }: Pick<LiveEgress, 'objects'>,
  kind: EgressKind,
): readonly LiveEgressObject[] => objects.filter((object) => object.kind === kind);

export const placeOf = ({
  kind,
  metadata: { namespace, name },
}: LiveEgressObject): EgressPlace => ({
  kind,
  namespace,
  name,
});

/** `Sidecar shop/default` */
export const shown = ({ kind, metadata: { namespace, name } }: LiveEgressObject): string =>
  `${kind} ${namespace}/${name}`;
