import type { KubeObject } from '../kube-http.js';

/** What Istio's objects say, as far as the data plane obeys it. Field names are Istio's. */
export interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export type StringMatches = Readonly<Record<string, StringMatch | null>>;

export interface SourceMatch {
  readonly port?: number;
  readonly gateways?: readonly string[];
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
}

export interface HttpMatch extends SourceMatch {
  readonly name?: string;
  readonly uri?: StringMatch;
  readonly ignoreUriCase?: boolean;
  readonly scheme?: StringMatch;
  readonly method?: StringMatch;
  readonly authority?: StringMatch;
  readonly headers?: StringMatches;
  readonly withoutHeaders?: StringMatches;
  readonly queryParams?: StringMatches;
}

export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number: number };
}

export interface HeaderOperations {
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface Headers {
  readonly request?: HeaderOperations;
  readonly response?: HeaderOperations;
}

export interface WeightedDestination {
  readonly destination: Destination;
  readonly weight?: number;
  readonly headers?: Headers;
}

export interface Mirror {
  readonly destination: Destination;
  readonly percentage?: { readonly value?: number };
}

export interface Fault {
  readonly delay?: {
    readonly fixedDelay?: string;
    readonly percentage?: { readonly value?: number };
  };
  readonly abort?: {
    readonly httpStatus?: number;
    readonly percentage?: { readonly value?: number };
  };
}

export interface Redirect {
  readonly uri?: string;
  readonly authority?: string;
  readonly scheme?: string;
  readonly port?: number;
  readonly derivePort?: string;
  readonly redirectCode?: number;
}

export interface Retries {
  readonly attempts?: number;
  readonly perTryTimeout?: string;
  readonly retryOn?: string;
}

export interface CorsPolicy {
  readonly allowOrigins?: readonly StringMatch[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: string;
  readonly allowCredentials?: boolean;
  readonly unmatchedPreflights?: string;
}

export interface HttpRule {
  readonly name?: string;
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly WeightedDestination[];
  readonly redirect?: Redirect;
  readonly directResponse?: {
    readonly status: number;
    readonly body?: { readonly string?: string; readonly bytes?: string };
  };
  readonly delegate?: { readonly name: string; readonly namespace?: string };
  readonly rewrite?: {
    readonly uri?: string;
    readonly authority?: string;
    readonly uriRegexRewrite?: { readonly match: string; readonly rewrite: string };
  };
  readonly timeout?: string;
  readonly retries?: Retries;
  readonly fault?: Fault;
  readonly mirror?: Destination;
  readonly mirrorPercentage?: { readonly value?: number };
  readonly mirrors?: readonly Mirror[];
  readonly corsPolicy?: CorsPolicy;
  readonly headers?: Headers;
}

export interface StreamMatch extends SourceMatch {
  readonly sniHosts?: readonly string[];
}

/** A rule of `tcp` or `tls`. */
export interface StreamRule {
  readonly match?: readonly StreamMatch[];
  readonly route?: readonly WeightedDestination[];
}

export interface VirtualServiceSpec {
  readonly hosts?: readonly string[];
  readonly gateways?: readonly string[];
  readonly exportTo?: readonly string[];
  readonly http?: readonly HttpRule[];
  readonly tcp?: readonly StreamRule[];
  readonly tls?: readonly StreamRule[];
}

export interface TrafficPolicy {
  readonly loadBalancer?: {
    readonly simple?: string;
    readonly consistentHash?: {
      readonly httpHeaderName?: string;
      readonly httpCookie?: {
        readonly name: string;
        readonly path?: string;
        readonly ttl?: string;
      };
      readonly useSourceIp?: boolean;
      readonly httpQueryParameterName?: string;
    };
  };
  readonly outlierDetection?: {
    readonly consecutive5xxErrors?: number;
    readonly interval?: string;
    readonly baseEjectionTime?: string;
    readonly maxEjectionPercent?: number;
  };
}

export interface Subset {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly trafficPolicy?: TrafficPolicy;
}

export interface DestinationRuleSpec {
  readonly host: string;
  readonly subsets?: readonly Subset[];
  readonly trafficPolicy?: TrafficPolicy;
  readonly exportTo?: readonly string[];
  readonly workloadSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
}

export interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  readonly ports?: readonly {
    readonly number: number;
    readonly name: string;
    readonly protocol?: string;
  }[];
  readonly endpoints?: readonly {
    readonly address?: string;
    readonly ports?: Readonly<Record<string, number>>;
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly exportTo?: readonly string[];
}

export interface GatewayServer {
  readonly port: { readonly number: number; readonly name?: string; readonly protocol: string };
  readonly hosts: readonly string[];
  readonly tls?: { readonly mode?: string; readonly httpsRedirect?: boolean };
}

export interface GatewaySpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly servers?: readonly GatewayServer[];
}

export interface SidecarSpec {
  readonly workloadSelector?: { readonly labels?: Readonly<Record<string, string>> };
  readonly egress?: readonly { readonly hosts: readonly string[] }[];
  readonly outboundTrafficPolicy?: { readonly mode?: string };
}

export interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly {
    readonly port: number;
    readonly name?: string;
    readonly appProtocol?: string;
    readonly protocol?: string;
  }[];
}

export const specOf = <Spec>(object: KubeObject): Spec => (object['spec'] ?? {}) as Spec;

export const namespaceOf = ({ metadata }: KubeObject): string => metadata.namespace ?? 'default';

/** Istio's order wherever two objects compete: the older one first. */
export function byAge(a: KubeObject, b: KubeObject): number {
  const key = ({ metadata: { creationTimestamp = '', name, namespace = '' } }: KubeObject) =>
    `${creationTimestamp} ${name} ${namespace}`;
  return key(a) < key(b) ? -1 : 1;
}

/** Everything that proxies are configured from. */
export interface MeshSnapshot {
  readonly virtualServices: readonly KubeObject[];
  readonly destinationRules: readonly KubeObject[];
  readonly serviceEntries: readonly KubeObject[];
  readonly gateways: readonly KubeObject[];
  readonly sidecars: readonly KubeObject[];
  readonly services: readonly KubeObject[];
  readonly pods: readonly KubeObject[];
}

/** Who a proxy is for: a client workload, or a gateway's Pod. */
export interface ProxyIdentity {
  readonly kind: 'sidecar' | 'gateway';
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}
