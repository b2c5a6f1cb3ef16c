/** The two kinds that routing by subsets needs. */
export type IstioKind = 'VirtualService' | 'DestinationRule';

/** `networking.istio.io/v1` is served since Istio 1.22. */
export const istioApiVersion = 'networking.istio.io/v1';

export interface Destination {
  readonly host: string;
  readonly subset: string;
  readonly port: { readonly number: number };
}

export interface WeightedDestination {
  readonly destination: Destination;
  readonly weight?: number;
}

export interface HttpRoute {
  readonly name: string;
  readonly route: readonly WeightedDestination[];
}

export interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly http: readonly HttpRoute[];
}

export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface DestinationRuleSpec {
  readonly host: string;
  readonly subsets: readonly Subset[];
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface ObjectOf<Kind extends IstioKind, Spec> {
  readonly apiVersion: typeof istioApiVersion;
  readonly kind: Kind;
  readonly metadata: ObjectMeta;
  readonly spec: Spec;
}

export type VirtualService = ObjectOf<'VirtualService', VirtualServiceSpec>;
export type DestinationRule = ObjectOf<'DestinationRule', DestinationRuleSpec>;

/** What Spillway writes. */
export type IstioObject = VirtualService | DestinationRule;

/** What a cluster holds: anybody may have written it, so `spec` is not trusted to have our shape. */
export interface LiveObject {
  readonly kind: IstioKind;
  readonly metadata: ObjectMeta & {
    readonly resourceVersion: string;
    /** Who wrote fields last, newest first, from `managedFields`. */
    readonly managers: readonly { readonly name: string; readonly at: string }[];
  };
  readonly spec: unknown;
}
