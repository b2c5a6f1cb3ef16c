import type { Instant } from '@spillway/kernel';
import type { IstioKind, IstioObject } from './istio-object.js';
import type { PatchOperation } from './adopt/patch.js';
import type { ObjectPlace } from './traffic.js';

/** The one write to do now. `resourceVersion` is that of the object that was looked at. */
export type Write =
  /** Server-side apply. Without a `resourceVersion` the object is not there yet. */
  | { readonly do: 'write'; readonly object: IstioObject; readonly resourceVersion?: string }
  /** A JSON Patch of an object that people own. */
  | {
      readonly do: 'patch';
      readonly kind: IstioKind | 'Deployment';
      readonly place: ObjectPlace;
      readonly operations: readonly PatchOperation[];
      readonly resourceVersion: string;
    }
  /** Removal of an object of ours that nothing needs any more. */
  | {
      readonly do: 'remove';
      readonly kind: IstioKind;
      readonly place: ObjectPlace;
      readonly resourceVersion: string;
    };

/** The one thing to do now so that a cluster comes to have the wanted traffic without a failed request. */
export type NextWrite =
  | Write
  | { readonly do: 'wait'; readonly until: Instant; readonly because: string }
  /**
   * The object says that it is of a newer generation. Either whoever wants this
   * one is behind, or somebody edited the number: what was last decided tells.
   */
  | { readonly do: 'compare'; readonly resourceVersion: string; readonly because: string }
  | { readonly do: 'stop'; readonly because: string }
  | { readonly do: 'nothing' };
