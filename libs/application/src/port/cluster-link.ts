import type {
  IstioObject,
  LiveRouting,
  MeshService,
  ObjectPlace,
  Telemetry,
  Write,
} from '@spillway/domain-istio';
import type { ClusterName, Version } from '@spillway/kernel';
import type { ClusterConnection } from './cluster-store.js';
import type { LinkState } from './link-state.js';

/**
 * `conflict`: the object changed since `resourceVersion` was seen; look again.
 * `refused`: the API server will not have it; writing it again does not help.
 * `unreachable`: no answer in time. The write may or may not have happened.
 */
export type ApplyOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** `unreachable`: the API server did not say, for the reason it gave, if any. */
export type RereadOutcome =
  { readonly kind: 'reread' } | Extract<ApplyOutcome, { kind: 'unreachable' }>;

export type ProbeFinding =
  | { readonly kind: 'ok'; readonly kubernetesVersion: string; readonly istioVersion?: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  | { readonly kind: 'certificate'; readonly detail: string }
  | { readonly kind: 'unauthorized'; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly verb: string; readonly resource: string }
  | { readonly kind: 'istioCrdsMissing'; readonly missing: readonly string[] };

/** Without `telemetry` the log is off. */
export interface AccessLogSetting {
  readonly place: ObjectPlace;
  readonly telemetry?: Telemetry;
}

/**
 * A cluster as it is seen through a watch. Looking costs no call to its API
 * server; writes, `reread`, `probe` and the first `follow` of a service do.
 */
export interface ClusterLink {
  readonly cluster: ClusterName;
  state(): LinkState;
  /**
   * What the cluster holds now for the service, or `undefined` while `connecting`.
   * Deployments of a service that is routed by replica counts are known only while
   * it is followed: until then `undefined`, too.
   */
  routing(service: MeshService): LiveRouting | undefined;
  /**
   * Reads the service's route and Spillway's rule anew, in a call each, for where a
   * watch that is behind must not be believed; `routing` shows the answers at once.
   * Of a service that is routed by replica counts there is neither, and nothing is asked.
   */
  reread(service: MeshService): Promise<RereadOutcome>;
  /**
   * Begins to watch the endpoints of a service, and to report its routing also where
   * it does not claim the host (an adopted VirtualService at the edge, a root of a
   * delegate). Again = no effect; with other settings it watches by those.
   */
  follow(service: MeshService): void;
  unfollow(service: MeshService): void;
  /** Ready endpoints of a version. `undefined` before `follow` has its first answer, and while its watch is broken. */
  readyEndpoints(service: MeshService, version: Version): number | undefined;
  /**
   * Server-side apply as field manager `spillway`, in one call; after a `conflict`
   * one more reads what is there now. With
   * `resourceVersion` the write happens only if the object is still that one:
   * a writer that fell behind is stopped by the API server. Without it the
   * object is expected not to exist. `routing` shows the answer at once.
   */
  apply(
    object: IstioObject,
    expected: { readonly resourceVersion?: string },
  ): Promise<ApplyOutcome>;
  /**
   * A JSON Patch of an object that people own, in one call; after a `conflict` one
   * more reads what is there now. It happens to the object of that `resourceVersion`
   * or not at all: another one is a `conflict`. One that does not fit that very
   * object is `refused`, for looking again would not help.
   */
  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome>;
  /** Deletes the object of that `resourceVersion`. One that is gone already is `applied`. */
  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome>;
  /**
   * Asks the API server whether it would take the write, with strict checks of
   * fields and all its webhooks, and stores nothing. Whether the object is still
   * the one of `resourceVersion` is not asked.
   */
  dryRun(write: Exclude<Write, { do: 'remove' }>): Promise<ApplyOutcome>;
  /**
   * Server-side apply of the object that turns an access log on, or its removal
   * where there is none, in one call and whatever is there: the name is Spillway's.
   */
  setAccessLog(setting: AccessLogSetting): Promise<ApplyOutcome>;
  /** Every finding that stands in the way, or a single `ok`. Reads only. */
  probe(): Promise<readonly ProbeFinding[]>;
  /** Stops watches and closes sockets. */
  close(): Promise<void>;
}

/** Told when the routing or the endpoints of a service change (`service` set), or the link's state does. */
export type ClusterChange = { readonly cluster: ClusterName } & (
  | { readonly kind: 'service'; readonly namespace: string; readonly host: string }
  | { readonly kind: 'state'; readonly state: LinkState }
);

export interface ClusterLinkOptions {
  readonly cluster: ClusterName;
  readonly connection: ClusterConnection;
  readonly onChange: (change: ClusterChange) => void;
}

/** Makes links; one kind of connection each. */
export interface ClusterConnector {
  connect(options: ClusterLinkOptions): ClusterLink;
}
