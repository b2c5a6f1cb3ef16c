/** As much of an object in the Kubernetes API as is read here. */
export interface ApiObject {
  /** Absent in the items of a list. */
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly ManagedFields[];
    /** Who keeps it from going when it is deleted. */
    readonly finalizers?: readonly string[];
  };
  readonly spec?: unknown;
  readonly status?: unknown;
  /** Of an EndpointSlice. */
  readonly endpoints?: readonly Endpoint[];
}

interface Endpoint {
  readonly addresses?: readonly string[];
  readonly conditions?: { readonly ready?: boolean };
  readonly targetRef?: { readonly kind?: string; readonly name?: string };
}

export interface ManagedFields {
  readonly manager?: string;
  readonly time?: string;
  /** Set for writers of `status`, who say nothing about what is wanted. */
  readonly subresource?: string;
}

export interface ApiList {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items?: readonly ApiObject[];
}

/** What the API server answers instead when it refuses. */
export interface ApiStatus {
  readonly message?: string;
  readonly code?: number;
  readonly details?: { readonly causes?: readonly { readonly field?: string }[] };
}

/**
 * Whether `a` is an earlier version of the same collection than `b`. Versions
 * are numbers in practice; of others nothing is known but whether they are equal.
 */
export function isOlder(a: string, b: string): boolean {
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return false;
  return BigInt(a) < BigInt(b);
}

/** Throws for an answer that is none of an API server, like the page of a proxy in between. */
export function asApiObject(answer: unknown): ApiObject {
  if (metadataOf(answer).resourceVersion === undefined) throw new NoObject();
  return answer as ApiObject;
}

/** The same of an object that was not stored: one that would be new has no version yet. */
export function expectObject(answer: unknown): void {
  if (metadataOf(answer).name === undefined) throw new NoObject();
}

const metadataOf = (answer: unknown): Partial<ApiObject['metadata']> =>
  ((answer ?? {}) as Partial<ApiObject>).metadata ?? {};

class NoObject extends Error {
  constructor() {
    super('the answer is not an object: is this the address of an API server?');
  }
}
