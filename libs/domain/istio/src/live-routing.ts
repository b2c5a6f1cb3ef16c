import type { Instant, Version } from '@spillway/kernel';
import type { LiveObject } from './istio-object.js';

/** A Deployment, as far as its pods are counted. */
export interface LiveDeployment {
  readonly name: string;
  /** That it should have. */
  readonly replicas: number;
  readonly ready: number;
  readonly resourceVersion: string;
}

/** Everything in a cluster that bears on one service's host. */
export interface LiveRouting {
  /** The VirtualService at `virtualServicePlace`: ours, or the adopted one. */
  readonly virtualService?: LiveObject;
  /** The one that Spillway creates. People may have others beside it, among `foreign`. */
  readonly destinationRule?: LiveObject;
  /** Since when the DestinationRule has had its present spec, as seen by the watch. */
  readonly destinationRuleSince?: Instant;
  /** Since when the VirtualService has had its present spec, as seen by the watch. */
  readonly virtualServiceSince?: Instant;
  /** VirtualServices that hand requests to our delegate. Absent: not looked for. */
  readonly roots?: readonly LiveObject[];
  /** Of a service that is routed by replica counts. */
  readonly deployments?: ReadonlyMap<Version, LiveDeployment>;
  /** Other objects, not written by Spillway, that claim the same host. */
  readonly foreign: readonly LiveObject[];
}
