import type { ClusterChange, ClusterLink } from '@spillway/application';
import type {
  IstioKind,
  MeshService,
  ObjectPlace,
  VirtualServiceSpec,
} from '@spillway/domain-istio';
import type { Version } from '@spillway/kernel';

/** An object as a person writes it. */
export interface HandWritten extends ObjectPlace {
  readonly kind: IstioKind;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

/** An object as the API server holds it, without what it writes itself. */
export type Stored = Required<Pick<HandWritten, 'labels' | 'annotations' | 'spec'>> & {
  /** Everybody who has written fields of it. */
  readonly managers: readonly string[];
};

/** A cluster that a test can change from behind the link's back. Made empty: no routing, no pods. */
export interface ClusterHarness {
  readonly link: ClusterLink;
  /** A service that nothing else in the cluster knows. */
  readonly service: MeshService;
  /** Everything that the link's `onChange` was told, oldest first. */
  readonly changes: readonly ClusterChange[];
  /** The service has this many ready pods of the version from now on. */
  setPods(version: Version, ready: number, service?: MeshService): Promise<void>;
  /** Somebody who is not Spillway creates or replaces an object; its namespace is made if need be. */
  put(object: HandWritten): Promise<void>;
  /** Somebody deletes an object. */
  take(object: ObjectPlace & { readonly kind: IstioKind }): Promise<void>;
  read(object: ObjectPlace & { readonly kind: IstioKind }): Promise<Stored | undefined>;
  /** Somebody who is not Spillway changes the VirtualService that Spillway wrote. */
  editByHand(change: (spec: VirtualServiceSpec) => VirtualServiceSpec): Promise<void>;
  /** The API server stops answering. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  /** Waits until the condition holds, in the harness's time; rejects after a deadline. */
  eventually(condition: () => boolean): Promise<void>;
  /** Closes the link and what the harness started. */
  dispose(): Promise<void>;
}

/** Makes a cluster and a link to it. The link may still be `connecting`. */
export type MakeClusterHarness = () => Promise<ClusterHarness>;
