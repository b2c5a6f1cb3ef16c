import type { Failure } from './cluster.js';
import type { HeaderChanges } from './read/headers.js';
import type { ObjectName } from './mesh.js';

export interface DestinationShare {
  readonly host: string;
  readonly subset?: string;
  readonly port: number;
  /** From 0 to 1: the weight's part of all weights of the route. */
  readonly probability: number;
  /** On top of those of the route. */
  readonly requestHeaders: HeaderChanges;
  readonly responseHeaders: HeaderChanges;
  /** The host is rewritten to this, unless the route rewrites it already. */
  readonly authority?: string;
  /** What a client gets instead of an answer from there; nothing when requests are forwarded. */
  readonly outcome?: Failure;
}

export interface MirrorShare {
  readonly host: string;
  readonly subset?: string;
  readonly port: number;
  /** From 0 to 1, of the requests that take the route. */
  readonly share: number;
  /** Why no copy arrives; the request itself is not touched by it. */
  readonly missing?: string;
}

export interface Rewrite {
  readonly uri?: string;
  readonly uriRegex?: { readonly match: string; readonly rewrite: string };
  readonly authority?: string;
}

export interface Fault {
  readonly delay?: { readonly duration: string; readonly share: number };
  readonly abort?: {
    readonly httpStatus?: number;
    readonly grpcStatus?: string;
    readonly share: number;
  };
}

/** What forwarding does besides choosing a destination. */
export interface Forwarding {
  readonly destinations: readonly DestinationShare[];
  readonly mirrors: readonly MirrorShare[];
  readonly requestHeaders: HeaderChanges;
  readonly responseHeaders: HeaderChanges;
  readonly rewrite?: Rewrite;
  /** As written; no limit when left out. */
  readonly timeout?: string;
  /** As written; the mesh's own policy when left out. */
  readonly retries?: Readonly<Record<string, unknown>>;
  readonly fault?: Fault;
}

export interface Redirection {
  readonly status: number;
  readonly uri?: string;
  readonly authority?: string;
  readonly port?: number;
  readonly scheme?: string;
}

export interface DirectResponse {
  readonly status: number;
  readonly body?: string;
}

/** Where a route comes from. */
export interface RouteOrigin {
  /** `null` for what a proxy does with a service that no VirtualService routes. */
  readonly virtualService: ObjectName | null;
  /** As in access logs (`%ROUTE_NAME%`). */
  readonly route: string;
  /** In `http`, `tcp` or `tls` of the VirtualService that has the hosts. */
  readonly ruleIndex: number | null;
  /** In the rule's `match`; `null` when the rule has none. */
  readonly matchIndex: number | null;
  /** The VirtualService that the rule was taken from, and its place there. */
  readonly delegate?: ObjectName & { readonly ruleIndex: number };
}

/** One route that was looked at, in the order of the proxy. */
export interface Considered {
  readonly virtualService: ObjectName | null;
  readonly route: string;
  readonly ruleIndex: number | null;
  readonly matchIndex: number | null;
  readonly matched: boolean;
  readonly because: string;
}

interface Answer {
  /** Sentences: why this VirtualService, why this route. */
  readonly because: readonly string[];
  readonly considered: readonly Considered[];
}

export interface Routed extends Answer, RouteOrigin, Forwarding {
  readonly kind: 'routed';
}

export interface Redirected extends Answer, RouteOrigin {
  readonly kind: 'redirect';
  readonly to: Redirection;
}

export interface DirectlyAnswered extends Answer, RouteOrigin, DirectResponse {
  readonly kind: 'directResponse';
}

/** An error that the proxy itself answers with. */
export interface ErrorStatus extends Answer {
  readonly kind: 'status';
  readonly code: 404 | 502 | 503;
  /** Envoy's response flag; none for `block_all`, which is an ordinary answer to Envoy. */
  readonly flag?: 'NR' | 'NC' | 'UH';
  /** The route that led nowhere, when a route was found. */
  readonly origin?: RouteOrigin;
  readonly destinations?: readonly DestinationShare[];
}

/** Sent to wherever the client meant, past all routing (`PassthroughCluster`). */
export interface PassedThrough extends Answer {
  readonly kind: 'passthrough';
}

/** No proxy listens, or the connection is closed (`BlackHoleCluster`): there is no HTTP answer. */
export interface Closed extends Answer {
  readonly kind: 'closed';
}

/**
 * The proxy refuses the configuration of this whole port and keeps its last one,
 * for every host on it: what happens to the request cannot be told from here.
 */
export interface Rejected extends Answer {
  readonly kind: 'rejected';
  readonly origin: RouteOrigin;
}

export type Explanation =
  Routed | Redirected | DirectlyAnswered | ErrorStatus | PassedThrough | Closed | Rejected;
