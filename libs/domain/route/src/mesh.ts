import type { MeshObject, RegexEngine } from '@spillway/domain-istio';

/** Namespace and name of a Kubernetes object. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Everything that one control plane knows. Kinds that do not route are ignored,
 * so a whole folder or a whole cluster may be handed in as it is.
 */
export interface Mesh {
  /** VirtualService, DestinationRule, Gateway, ServiceEntry, Sidecar and Kubernetes Service count. */
  readonly objects: readonly MeshObject[];
  readonly regex: RegexEngine;
  /** Where mesh-wide Sidecars and DestinationRules live; `istio-system` when left out. */
  readonly rootNamespace?: string;
  /** `cluster.local` when left out. */
  readonly domain?: string;
  /** `meshConfig.outboundTrafficPolicy`: counts where no Sidecar says otherwise. `ALLOW_ANY` when left out. */
  readonly outboundTrafficPolicy?: OutboundPolicy;
}

export type OutboundPolicy = 'ALLOW_ANY' | 'REGISTRY_ONLY';

/** A workload with a sidecar: its namespace and its pod labels. */
export interface SidecarClient {
  readonly namespace: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A request that came in through a gateway workload. */
export interface GatewayClient {
  /** The Gateway object, `namespace/name`. */
  readonly gateway: string;
  /** Where the gateway's pods run; the namespace of the Gateway object when left out. */
  readonly namespace?: string;
  /** Labels of the gateway's pods; what the Gateway selects when left out. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Whose proxy decides: routing is compiled per proxy. */
export type Client = SidecarClient | GatewayClient;

/** An HTTP request as the client's proxy sees it. */
export interface HttpRequest {
  /** The Host header; may name a port. */
  readonly host: string;
  /** With the query string. */
  readonly path: string;
  /** `GET` when left out. */
  readonly method?: string;
  /** Names in any case; several values of one name are several header lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The port that is called: of the service in the mesh, of the server at a gateway. */
  readonly port?: number;
  readonly scheme?: string;
  /** Claims of a validated JWT by dotted name (`group.id`), for `@request.auth.claims` at gateways. */
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  readonly from: Client;
}

/** A connection that is not HTTP to the proxy. */
export interface TcpRequest {
  readonly port: number;
  /** Server name of the TLS hello, where the connection is TLS. */
  readonly sni?: string;
  /** The name that the client resolved; the SNI when left out. */
  readonly host?: string;
  readonly from: Client;
}

export const isGateway = (client: Client): client is GatewayClient => 'gateway' in client;

export const sameName = (a: ObjectName, b: ObjectName): boolean =>
  a.namespace === b.namespace && a.name === b.name;

export const label = ({ namespace, name }: ObjectName): string => `${namespace}/${name}`;
