/** The two kinds that routing by subsets needs. */
export type IstioKind = 'VirtualService' | 'DestinationRule';

/** `networking.istio.io/v1` is served since Istio 1.22. */
export const istioApiVersion = 'networking.istio.io/v1';

export interface Destination {
  readonly host: string;
  /** Absent where a version is a Service of its own. */
  readonly subset?: string;
  readonly port: { readonly number: number };
}

export interface WeightedDestination {
  readonly destination: Destination;
  readonly weight?: number;
  readonly headers?: {
    readonly response: { readonly add: Readonly<Record<string, string>> };
  };
}

/** `{}` asks for presence. */
export type StringMatch =
  | { readonly exact: string }
  | { readonly prefix: string }
  | { readonly regex: string }
  | Readonly<Record<string, never>>;

export interface HttpMatchRequest {
  readonly uri?: StringMatch;
  readonly ignoreUriCase?: boolean;
  readonly scheme?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: Readonly<Record<string, StringMatch>>;
  readonly withoutHeaders?: Readonly<Record<string, StringMatch>>;
  readonly queryParams?: Readonly<Record<string, StringMatch>>;
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
}

export interface HttpRoute {
  readonly name: string;
  readonly match?: readonly HttpMatchRequest[];
  readonly route: readonly WeightedDestination[];
  readonly mirror?: Destination;
  readonly mirrorPercentage?: { readonly value: number };
}

/** A route of `tcp` or `tls`; it has no name. */
export interface ConnectionRoute {
  readonly match: readonly {
    readonly port?: number;
    readonly sniHosts?: readonly string[];
    readonly gateways?: readonly string[];
  }[];
  readonly route: readonly WeightedDestination[];
}

export interface VirtualServiceSpec {
  /** Absent in a delegate. */
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly HttpRoute[];
  readonly tcp?: readonly ConnectionRoute[];
  readonly tls?: readonly ConnectionRoute[];
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
