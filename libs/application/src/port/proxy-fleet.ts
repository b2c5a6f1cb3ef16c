import type { ClusterRecord } from './cluster-store.js';

/** Which routing is looked for. */
export interface ProxyQuestion {
  /** By which requests reach the service. A proxy that has one of them routes it. */
  readonly hosts: readonly string[];
  /**
   * `catalog.0f3a9c1e.g7`: what the generation's routes are named. Proxies have it
   * with more before it (`root-catalog.0f3a9c1e.g7` of a delegate) and behind it
   * (`….g7.testers`); `….g70` is another one.
   */
  readonly routeName: string;
}

/**
 * `everywhere`: each proxy that routes the service said that it has the routing, and
 * there is one at least. `behind`: those named have an older one, or have not said yet.
 * `unknown`: somebody who should know did not answer, or no proxy routes the service.
 */
export type ProxyAnswer =
  | { readonly kind: 'everywhere'; readonly proxies: number }
  /** `proxies` were asked until enough were known to be behind; `behind` names some. */
  | { readonly kind: 'behind'; readonly proxies: number; readonly behind: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The proxies of one cluster. Asks them, or who feeds them, and never the API server. Never rejects. */
export interface ProxyFleet {
  look(question: ProxyQuestion): Promise<ProxyAnswer>;
  close(): Promise<void>;
}

/** Makes fleets; they open no connection before they are asked something. */
export interface ProxyFleetConnector {
  connect(cluster: ClusterRecord): ProxyFleet;
}
