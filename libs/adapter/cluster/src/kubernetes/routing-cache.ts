import type { Clock } from '@spillway/application';
import {
  claimOf,
  claimsOf,
  nameClaim,
  type Claim,
  isManaged,
  routingName,
  type IstioKind,
  type LiveObject,
  type LiveRouting,
  type MeshService,
} from '@spillway/domain-istio';
import type { Instant } from '@spillway/kernel';
import { isOlder, type ApiObject } from './api-object.js';
import { toLiveObject } from './live-object.js';

export interface Held {
  readonly object: LiveObject;
  /** Tells an object from a later one of the same name. */
  readonly uid: string;
  /** When the present spec was first seen. */
  readonly since: Instant;
}

const idOf = (kind: IstioKind, { namespace, name }: { namespace: string; name: string }): string =>
  `${kind} ${namespace}/${name}`;

/** All VirtualServices and DestinationRules of a cluster, found by name and by the hosts that they claim. */
export class RoutingCache {
  private readonly held = new Map<string, Held>();
  private readonly byHost = new Map<string, Set<string>>();
  /** How far the watch of a kind has seen. */
  private readonly seen = new Map<IstioKind, string>();

  constructor(
    private readonly clock: Clock,
    private readonly changed: (claims: readonly Claim[]) => void,
  ) {}

  find(kind: IstioKind, place: { namespace: string; name: string }): Held | undefined {
    return this.held.get(idOf(kind, place));
  }

  routing(service: MeshService): LiveRouting {
    const place = routingName(service);
    const virtualService = this.find('VirtualService', place);
    const destinationRule = this.find('DestinationRule', place);
    return {
      ...(virtualService && {
        virtualService: virtualService.object,
        virtualServiceSince: virtualService.since,
      }),
      ...(destinationRule && {
        destinationRule: destinationRule.object,
        destinationRuleSince: destinationRule.since,
      }),
      foreign: this.foreign(service),
    };
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

  /**
   * Takes the answer of a write. One that the watch has already passed is old
   * news: the object may have been changed, or deleted, since.
   */
  putAnswer(kind: IstioKind, item: ApiObject): void {
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

  /** Of an object that a call did not find, though no watch has told that it went. */
  forgetGone(kind: IstioKind, place: { namespace: string; name: string }): void {
    const id = idOf(kind, place);
    if (this.held.has(id)) this.drop(id);
  }

  advance(kind: IstioKind, version: string): void {
    this.seen.set(kind, version);
  }

  /** How far the watch of a kind has seen; the same again: it has said nothing since. */
  seenOf(kind: IstioKind): string | undefined {
    return this.seen.get(kind);
  }

  private foreign(service: MeshService): readonly LiveObject[] {
    const place = routingName(service);
    const own = [idOf('VirtualService', place), idOf('DestinationRule', place)];
    const claiming = this.byHost.get(claimOf(service).key) ?? [];
    return [...new Set([...claiming, ...own])].sort().flatMap((id) => {
      const held = this.held.get(id);
      const ours = held === undefined || (own.includes(id) && isManaged(held.object));
      return ours ? [] : [held.object];
    });
  }

  /** `restored`: the server's versions went back, as after a restored backup; then the list is right. */
  private take(kind: IstioKind, item: ApiObject, restored: boolean): void {
    const object = toLiveObject(kind, item);
    const id = idOf(kind, object.metadata);
    const before = this.held.get(id);
    if (before !== undefined && !supersedes(object, before.object, restored)) return;
    const since = before && sameSpec(before.object, object) ? before.since : this.clock.now();
    this.forget(id, before);
    this.held.set(id, { object, uid: item.metadata.uid ?? '', since });
    for (const { key } of claimsOf(object)) {
      this.byHost.set(key, (this.byHost.get(key) ?? new Set()).add(id));
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
    for (const { key } of claimsOf(held.object)) {
      const ids = this.byHost.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.byHost.delete(key);
    }
  }

  /** An edit may take a host away, so those that were claimed before hear of it too. */
  private tell(...objects: readonly (LiveObject | undefined)[]): void {
    const claims = objects.flatMap((object) =>
      object === undefined ? [] : [...claimsOf(object), ...nameClaim(object)],
    );
    const first = new Map([...claims].reverse().map((claim) => [claim.key, claim]));
    this.changed([...first.values()]);
  }
}

function supersedes(object: LiveObject, before: LiveObject, restored: boolean): boolean {
  const { resourceVersion } = object.metadata;
  const known = before.metadata.resourceVersion;
  return resourceVersion !== known && (restored || !isOlder(resourceVersion, known));
}

const sameSpec = (a: LiveObject, b: LiveObject): boolean =>
  JSON.stringify(a.spec) === JSON.stringify(b.spec);
