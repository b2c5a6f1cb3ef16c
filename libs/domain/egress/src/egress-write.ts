import type { PatchOperation } from '@spillway/domain-istio';
import type { Instant } from '@spillway/kernel';
import type { EgressPlace } from './live-egress.js';

/** What Spillway writes of a policy. */
export interface EgressObject {
  readonly apiVersion: 'networking.istio.io/v1';
  readonly kind: EgressPlace['kind'];
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: Readonly<Record<string, unknown>>;
}

/** One call. It happens to the object of that `resourceVersion` or not at all. */
export type EgressWrite =
  /** Server-side apply; without `resourceVersion` the object must not exist. */
  | { readonly do: 'apply'; readonly object: EgressObject; readonly resourceVersion?: string }
  | {
      readonly do: 'patch';
      readonly place: EgressPlace;
      readonly operations: readonly PatchOperation[];
      readonly resourceVersion: string;
    }
  | { readonly do: 'remove'; readonly place: EgressPlace; readonly resourceVersion: string };

export type NextEgressWrite =
  | { readonly do: 'nothing' }
  | { readonly do: 'wait'; readonly until: Instant }
  /** They do not need each other, so they may be made at once. */
  | { readonly do: 'write'; readonly writes: readonly EgressWrite[] }
  /** People must act. */
  | { readonly do: 'stop'; readonly because: string };
