import { isDeepStrictEqual } from 'node:util';
import type { ApplyOutcome, Clock } from '@spillway/application';
import {
  applyPatch,
  type IstioKind,
  type IstioObject,
  type LiveObject,
  type Write,
} from '@spillway/domain-istio';
import { InvariantBroken } from '@spillway/kernel';

/** Names an object of the cluster. */
export interface ObjectKey {
  readonly kind: IstioKind;
  readonly namespace: string;
  readonly name: string;
}

/** An object as a person writes it: without what the API server adds. */
export interface HandWrittenObject extends ObjectKey {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

/** An object came (`before` is absent), changed, or went (`after` is absent). */
export interface ObjectChange {
  readonly resourceVersion: number;
  readonly before?: LiveObject;
  readonly after?: LiveObject;
}

type Content = Pick<HandWrittenObject, 'spec'> &
  Pick<LiveObject['metadata'], 'labels' | 'annotations'>;
type Owned = Readonly<Record<keyof Content, readonly string[]>>;
interface Stored {
  readonly object: LiveObject;
  /** Fields that Spillway applied last; those that it leaves out the next time go away. */
  readonly owned: Owned;
}

type PatchWrite = Extract<Write, { do: 'patch' }>;
type RemoveWrite = Extract<Write, { do: 'remove' }>;

const spillway = 'spillway';
const misfit = { kind: 'refused', reason: 'the patch does not fit the object' } as const;
const noMarks = { labels: {}, annotations: {} } as const;
const nothingOwned: Owned = { labels: [], annotations: [], spec: [] };

/** The part of a Kubernetes API server that routing needs: versions, managers, server-side apply. */
export class SimulatedApiServer {
  readonly #stored = new Map<string, Stored>();
  readonly #listeners = new Set<(change: ObjectChange) => void>();
  readonly #refusals: string[] = [];
  #lies = 0;
  #version = 0;

  constructor(private readonly clock: Clock) {}

  /** In the order of their creation. */
  objects(): readonly LiveObject[] {
    return [...this.#stored.values()].map(({ object }) => object);
  }

  find(key: ObjectKey): LiveObject | undefined {
    return this.#stored.get(textOf(key))?.object;
  }

  /** Told of every change, in order, before the call that made it returns. */
  onChange(listener: (change: ObjectChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  refuseNext(reason: string): void {
    this.#refusals.push(reason);
  }

  /** The next write is answered as if it were done, and is not. */
  lieNext(): void {
    this.#lies += 1;
  }

  /** As after a restore from a backup: the object is what it was then, under a version of its own. */
  restore(then: LiveObject): void {
    const key = { kind: then.kind, ...then.metadata };
    const stored = this.#stored.get(textOf(key));
    if (stored === undefined) return;
    const [by] = then.metadata.managers;
    this.#store(key, contentOf(then), by?.name ?? spillway, stored.owned);
  }

  /**
   * Server-side apply as `spillway`, with force. Lists are replaced whole (the
   * CRDs of Istio say nothing else), other fields of other people stay.
   */
  apply(wanted: IstioObject, expected: { readonly resourceVersion?: string }): ApplyOutcome {
    const refused = this.#refusals.shift();
    if (refused !== undefined) return { kind: 'refused', reason: refused };
    const { namespace, name, labels, annotations } = wanted.metadata;
    const key = { kind: wanted.kind, namespace, name };
    const stored = this.#stored.get(textOf(key));
    if (stored?.object.metadata.resourceVersion !== expected.resourceVersion) {
      return { kind: 'conflict' };
    }
    if (this.#isLie()) return { kind: 'applied' };
    const applied = overTheWire({ labels, annotations, spec: wanted.spec });
    const content = merge(stored, applied);
    if (stored === undefined || !isUnchanged(stored, content)) {
      this.#store(key, content, spillway, ownedBy(applied));
    }
    return { kind: 'applied' };
  }

  /** A JSON Patch as `spillway`. Another object than the one that was seen is a conflict. */
  patch({ kind, place, operations, resourceVersion }: PatchWrite): ApplyOutcome {
    const refused = this.#refusals.shift();
    if (refused !== undefined) return { kind: 'refused', reason: refused };
    if (kind === 'Deployment') return { kind: 'refused', reason: 'there are no Deployments here' };
    const key = { kind, namespace: place.namespace, name: place.name };
    const stored = this.#stored.get(textOf(key));
    if (stored?.object.metadata.resourceVersion !== resourceVersion) return { kind: 'conflict' };
    if (this.#isLie()) return { kind: 'applied' };
    const before = contentOf(stored.object);
    const { labels, annotations, spec } = before;
    const after = applyPatch({ metadata: { labels, annotations }, spec }, operations);
    if (after === undefined) return misfit;
    const content = overTheWire({ ...noMarks, ...after.metadata, spec: after.spec });
    if (!isDeepStrictEqual(before, content)) this.#store(key, content, spillway, stored.owned);
    return { kind: 'applied' };
  }

  /** What it would say to the write, whatever version is there. */
  dryRun(write: Write): ApplyOutcome {
    const [refused] = this.#refusals;
    if (refused !== undefined) return { kind: 'refused', reason: refused };
    if (write.do !== 'patch' || write.kind === 'Deployment') return { kind: 'applied' };
    const stored = this.find({ kind: write.kind, ...write.place });
    const { labels, annotations } = stored?.metadata ?? noMarks;
    const document = { metadata: { labels, annotations }, spec: stored?.spec };
    return applyPatch(document, write.operations) === undefined
      ? { kind: 'refused', reason: 'the patch does not fit the object' }
      : { kind: 'applied' };
  }

  /** Deletes the object of that version. One that is gone already is what was asked for. */
  delete({ kind, place, resourceVersion }: RemoveWrite): ApplyOutcome {
    const key = { kind, namespace: place.namespace, name: place.name };
    const found = this.find(key);
    if (found === undefined) return { kind: 'applied' };
    if (found.metadata.resourceVersion !== resourceVersion) return { kind: 'conflict' };
    if (this.#isLie()) return { kind: 'applied' };
    this.remove(key);
    return { kind: 'applied' };
  }

  /** Creates or replaces an object as somebody else. */
  put({ labels = {}, annotations = {}, spec, ...key }: HandWrittenObject, manager: string): void {
    const owned = this.#stored.get(textOf(key))?.owned ?? nothingOwned;
    this.#store(key, overTheWire({ labels, annotations, spec }), manager, owned);
  }

  remove(key: ObjectKey): void {
    const before = this.find(key);
    if (before === undefined) throw new InvariantBroken(`there is no ${textOf(key)} to remove`);
    this.#stored.delete(textOf(key));
    this.#version += 1;
    this.#tell({ resourceVersion: this.#version, before });
  }

  #isLie(): boolean {
    if (this.#lies === 0) return false;
    this.#lies -= 1;
    return true;
  }

  #store({ kind, namespace, name }: ObjectKey, content: Content, by: string, owned: Owned): void {
    const before = this.find({ kind, namespace, name });
    this.#version += 1;
    const at = new Date(this.clock.now()).toISOString();
    const others = before?.metadata.managers.filter((manager) => manager.name !== by) ?? [];
    const { labels, annotations, spec } = content;
    const after: LiveObject = {
      kind,
      metadata: {
        namespace,
        name,
        labels,
        annotations,
        resourceVersion: String(this.#version),
        managers: [{ name: by, at }, ...others],
      },
      spec,
    };
    this.#stored.set(textOf({ kind, namespace, name }), { object: after, owned });
    this.#tell({ resourceVersion: this.#version, after, ...(before && { before }) });
  }

  #tell(change: ObjectChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

export const textOf = ({ kind, namespace, name }: ObjectKey): string =>
  `${kind} ${namespace}/${name}`;

/** A copy of its own, without what JSON does not carry. */
const overTheWire = (content: Content): Content => JSON.parse(JSON.stringify(content)) as Content;

const ownedBy = (content: Content): Owned => ({
  labels: Object.keys(content.labels),
  annotations: Object.keys(content.annotations),
  spec: Object.keys(content.spec as object),
});

function merge(stored: Stored | undefined, wanted: Content): Content {
  if (stored === undefined) return wanted;
  const { object, owned } = stored;
  return {
    labels: mergeFields(object.metadata.labels, owned.labels, wanted.labels),
    annotations: mergeFields(object.metadata.annotations, owned.annotations, wanted.annotations),
    spec: mergeFields(object.spec as object, owned.spec, wanted.spec as object),
  };
}

const mergeFields = <T extends object>(before: T, owned: readonly string[], wanted: T): T => ({
  ...(Object.fromEntries(Object.entries(before).filter(([key]) => !owned.includes(key))) as T),
  ...wanted,
});

/** An apply that changes nothing makes no new version. */
const isUnchanged = ({ object }: Stored, content: Content): boolean =>
  object.metadata.managers.some(({ name }) => name === spillway) &&
  isDeepStrictEqual(content, contentOf(object));

const contentOf = ({ metadata: { labels, annotations }, spec }: LiveObject): Content => ({
  labels,
  annotations,
  spec,
});
