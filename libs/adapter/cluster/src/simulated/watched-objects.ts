import { isDeepStrictEqual } from 'node:util';
import type { LiveObject, LiveRouting, MeshService } from '@spillway/domain-istio';
import type { Instant } from '@spillway/kernel';
import { routingAmong, type Seen } from '../bearing.js';
import { textOf, type ObjectChange, type ObjectKey } from './api-server.js';

const versionOf = ({ object }: Seen): number => Number(object.metadata.resourceVersion);
const keyOf = ({ kind, metadata }: LiveObject): ObjectKey => ({ kind, ...metadata });

/** What a link has seen of the objects so far; news may come twice and out of order. */
export class WatchedObjects {
  readonly #seen = new Map<string, Seen>();

  /** Whether the change was news. */
  take({ resourceVersion, before, after }: ObjectChange, now: Instant): boolean {
    const object = after ?? before;
    if (object === undefined) return false;
    const key = textOf(keyOf(object));
    const known = this.#seen.get(key);
    if (known !== undefined && versionOf(known) >= resourceVersion) return false;
    if (after === undefined) return this.#seen.delete(key);
    const isSameSpec = known !== undefined && isDeepStrictEqual(known.object.spec, after.spec);
    this.#seen.set(key, { object: after, since: isSameSpec ? known.since : now });
    return true;
  }

  /** The changes that lead from what was seen to a complete list. */
  changesTo(listed: readonly LiveObject[]): readonly ObjectChange[] {
    const names = new Set(listed.map((object) => textOf(keyOf(object))));
    const gone = [...this.#seen.entries()].filter(([key]) => !names.has(key));
    return [
      ...gone.map(([, { object }]) => ({ resourceVersion: Infinity, before: object })),
      ...listed.map((after) => this.#changeTo(after)),
    ];
  }

  /** The same for a single object, that is `after` now, or is not there. */
  changesOf(key: ObjectKey, after: LiveObject | undefined): readonly ObjectChange[] {
    if (after !== undefined) return [this.#changeTo(after)];
    const before = this.#seen.get(textOf(key))?.object;
    return before === undefined ? [] : [{ resourceVersion: Infinity, before }];
  }

  #changeTo(after: LiveObject): ObjectChange {
    const before = this.#seen.get(textOf(keyOf(after)))?.object;
    const resourceVersion = Number(after.metadata.resourceVersion);
    return { resourceVersion, after, ...(before && { before }) };
  }

  routing(service: MeshService): LiveRouting {
    return routingAmong(service, [...this.#seen.values()]);
  }
}
