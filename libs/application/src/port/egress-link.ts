import type { EgressWrite, LiveEgressObject } from '@spillway/domain-egress';
import type { ClusterName } from '@spillway/kernel';
import type { ApplyOutcome } from './cluster-link.js';
import type { ClusterRecord } from './cluster-store.js';

/** What a cluster answers when it is asked for its ServiceEntries and Sidecars. */
export type EgressLook =
  | { readonly kind: 'seen'; readonly objects: readonly LiveEgressObject[] }
  | { readonly kind: 'unreachable'; readonly reason: string };

/**
 * The outbound policies of one cluster, looked at on demand: nothing is watched,
 * so that a policy which nobody changes costs nothing. Never rejects.
 */
export interface EgressLink {
  readonly cluster: ClusterName;
  /** All ServiceEntries and Sidecars of the cluster as its API server holds them now. */
  look(): Promise<EgressLook>;
  /**
   * One call, as field manager `spillway`. It happens to the object that the write
   * names, in that version, or is a `conflict`. Removing what is gone is `applied`.
   */
  write(write: EgressWrite): Promise<ApplyOutcome>;
  close(): Promise<void>;
}

/** Makes links; they open no connection before they are asked something. */
export interface EgressConnector {
  connect(cluster: ClusterRecord): EgressLink;
}
