import type { Instant } from '@spillway/kernel';
import type { LiveObject } from './istio-object.js';

/** Everything in a cluster that bears on one service's host. */
export interface LiveRouting {
  /** The VirtualService that has the name that Spillway gives to this service. */
  readonly virtualService?: LiveObject;
  readonly destinationRule?: LiveObject;
  /** Since when the DestinationRule has had its present spec, as seen by the watch. */
  readonly destinationRuleSince?: Instant;
  /** Since when the VirtualService has had its present spec, as seen by the watch. */
  readonly virtualServiceSince?: Instant;
  /** Other objects, not written by Spillway, that claim the same host. */
  readonly foreign: readonly LiveObject[];
}
