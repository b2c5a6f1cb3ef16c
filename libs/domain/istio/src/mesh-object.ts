/**
 * Any Kubernetes object that bears on routing, as a file or an API server holds
 * it. Anybody may have written it: nothing in `spec` is taken for granted.
 */
export interface MeshObject {
  /** e.g. `networking.istio.io/v1`, or `v1` for a Service or a Pod. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** RFC 3339 with whole seconds. Of several VirtualServices for a mesh host the oldest wins (istio §3.3). */
    readonly creationTimestamp?: string;
  };
  readonly spec: unknown;
}
