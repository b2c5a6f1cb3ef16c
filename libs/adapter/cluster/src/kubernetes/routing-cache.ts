import type { Clock } from '@spillway/application';
import {
  claimOf,
  claimsOf,
  routingName,
  virtualServicePlace,
  type Claim,
  type IstioKind,
  type LiveObject,
  type LiveRouting,
  type MeshService,
  type ObjectPlace,
} from '@spillway/domain-istio';
import {
  concerned,
  delegatesOf,
  placeText,
  routingAmong,
  wildcardOf,
  type Seen,
} from '../bearing.js';
import { isOlder, type ApiObject } from './api-object.js';
import { pluralOf } from './istio-api.js';
import { toLiveObject } from './live-object.js';
import type { Kept, Shelf } from './shelf.js';

type Held = Seen & Kept;

const idOf = (kind: IstioKind, place: ObjectPlace): string => `${kind} ${placeText(place)}`;

const wildcards = 'wildcards';
const hostKey = ({ key }: Claim): string => `host ${key}`;
const rootKey = (place: ObjectPlace): string => `root of ${placeText(place)}`;

/** All VirtualServices and DestinationRules of a cluster, found by name and by what they route. */
export class RoutingCache {
  private readonly held = new Map<string, Held>();
  private readonly found = new Map<string, Set<string>>();
  /** How far the watch of a kind has seen. */
  private readonly seen = new Map<IstioKind, string>();

  constructor(
    private readonly clock: Clock,
    private readonly changed: (claims: readonly Pick<Claim, 'namespace' | 'host'>[]) => void,
    private readonly followed: () => Iterable<MeshService> = () => [],
  ) {}

  shelf(kind: IstioKind): Shelf {
    return {
      plural: pluralOf[kind],
      find: (place) => this.held.get(idOf(kind, place)),
      putAnswer: (item) => this.putAnswer(kind, item),
      forgetGone: (place) => this.forgetGone(kind, place),
      seen: () => this.seen.get(kind),
    };
  }

  routing(service: MeshService): LiveRouting {
    const place = virtualServicePlace(service);
    const ids = new Set([
      idOf('VirtualService', place),
      idOf('DestinationRule', routingName(service)),
    ]);
    for (const key of [hostKey(claimOf(service)), rootKey(place), wildcards]) {
      for (const id of this.found.get(key) ?? []) ids.add(id);
    }
    return routingAmong(
      service,
      [...ids].flatMap((id) => this.held.get(id) ?? []),
    );
  }

  /** Takes a complete list of a kind. What a write of ours made after the list was taken stays. */
  replace(kind: IstioKind, items: readonly ApiObject[], version: string): void {
    const restored = isOlder(version, this.seen.get(kind) ?? '');
    const listed = new Set(
      items.map((item) => toLiveObject(kind, item).metadata).map((meta) => idOf(kind, meta)),
    );
    for (const [id, { object }] of this.held) {
      const gone = object.kind === kind && !listed.has(id);
      if (gone && (restored || !isOlder(version, object.metadata.resourceVersion))) this.drop(id);
    }
    this.seen.set(kind, version);
    for (const item of items) this.take(kind, item, restored);
  }

  put(kind: IstioKind, item: ApiObject): void {
    this.take(kind, item, false);
  }

  private putAnswer(kind: IstioKind, item: ApiObject): void {
    const seen = this.seen.get(kind) ?? '';
    const { resourceVersion } = item.metadata;
    if (resourceVersion !== seen && !isOlder(resourceVersion, seen)) this.put(kind, item);
  }

  remove(kind: IstioKind, item: ApiObject): void {
    const { metadata } = toLiveObject(kind, item);
    const id = idOf(kind, metadata);
    const held = this.held.get(id);
    if (held === undefined) return;
    if (!isOlder(metadata.resourceVersion, held.object.metadata.resourceVersion)) this.drop(id);
  }

  private forgetGone(kind: IstioKind, place: ObjectPlace): void {
    const id = idOf(kind, place);
    if (this.held.has(id)) this.drop(id);
  }

  advance(kind: IstioKind, version: string): void {
    this.seen.set(kind, version);
  }

  /** `restored`: the server's versions went back, as after a restored backup; then the list is right. */
  private take(kind: IstioKind, item: ApiObject, restored: boolean): void {
    const object = toLiveObject(kind, item);
    const id = idOf(kind, object.metadata);
    const before = this.held.get(id);
    if (before !== undefined && !supersedes(object, before.object, restored)) return;
    const since = before && sameSpec(before.object, object) ? before.since : this.clock.now();
    this.forget(id, before);
    const { uid = '', resourceVersion } = item.metadata;
    this.held.set(id, { object, uid, resourceVersion, since });
    for (const key of keysOf(object)) {
      this.found.set(key, (this.found.get(key) ?? new Set()).add(id));
    }
    this.tell(before?.object, object);
  }

  private drop(id: string): void {
    const before = this.held.get(id);
    this.held.delete(id);
    this.forget(id, before);
    this.tell(before?.object);
  }

  private forget(id: string, held: Held | undefined): void {
    if (held === undefined) return;
    for (const key of keysOf(held.object)) {
      const ids = this.found.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.found.delete(key);
    }
  }

  private tell(...objects: readonly (LiveObject | undefined)[]): void {
    const known = objects.filter((object) => object !== undefined);
    this.changed(concerned(known, this.followed()));
  }
}

/** What an object is found by. */
const keysOf = (object: LiveObject): readonly string[] => [
  ...claimsOf(object).map(hostKey),
  ...delegatesOf(object).map(rootKey),
  ...(wildcardOf(object) === undefined ? [] : [wildcards]),
];

function supersedes(object: LiveObject, before: LiveObject, restored: boolean): boolean {
  const { resourceVersion } = object.metadata;
  const known = before.metadata.resourceVersion;
  return resourceVersion !== known && (restored || !isOlder(resourceVersion, known));
}

const sameSpec = (a: LiveObject, b: LiveObject): boolean =>
  JSON.stringify(a.spec) === JSON.stringify(b.spec);
