import { isLimited, roles, sees, type Grant } from '@spillway/domain-access';
import type { Release } from '@spillway/domain-release';
import type { ClusterName, NamespaceName } from '@spillway/kernel';
import type { Page, PageRequest } from '../port/page.js';
import type { Reads } from '../port/unit-of-work.js';
import type { Caller } from './caller.js';
import { namespaceOf } from './where.js';

/** Where an item of a list is. */
export interface ItemPlace {
  readonly namespace?: NamespaceName;
  readonly clusters: readonly ClusterName[];
}

const seesAll = (grants: readonly Grant[]): boolean => grants.some((grant) => !isLimited(grant));

/** Those that the caller may see, in their order: with any role in a part of where they are. */
export async function visible<T>(
  tx: Reads,
  { grants }: Caller,
  items: readonly T[],
  placeOf: (item: T) => ItemPlace,
): Promise<readonly T[]> {
  if (items.length === 0 || seesAll(grants)) return items;
  const names = new Set(items.flatMap((item) => placeOf(item).clusters));
  const clusters = await tx.clusters.getAll([...names]);
  return items.filter((item) => {
    const { clusters: among, ...place } = placeOf(item);
    const here = clusters.filter(({ name }) => among.includes(name));
    return sees(grants, roles, { ...place, clusters: here });
  });
}

const perRead = 200;
const mostReads = 25;

/**
 * A page of those that the caller may see. Reads on over what is hidden until the page is full;
 * after 5,000 items it stops, and a page that is not full says where to go on.
 */
export async function visiblePage<T>(
  tx: Reads,
  caller: Caller,
  page: PageRequest,
  read: (page: PageRequest) => Promise<Page<T>>,
  placeOf: (item: T) => ItemPlace,
): Promise<Page<T>> {
  if (seesAll(caller.grants)) return read(page);
  const found: Entry<T>[] = [];
  let from = page.cursor;
  for (let reads = 0; reads < mostReads && found.length <= page.limit; reads += 1) {
    const { cursor: _, ...order } = page;
    const cursor = from === undefined ? {} : { cursor: from };
    const part = await read({ ...order, limit: perRead, ...cursor });
    const seen = new Set(await visible(tx, caller, part.items, placeOf));
    found.push(...entriesOf(part).filter(({ item }) => seen.has(item)));
    from = part.next;
    if (from === undefined) break;
  }
  return cut(found, page.limit, from);
}

interface Entry<T> {
  readonly item: T;
  readonly cursor: string;
}

const entriesOf = <T>({ items, cursors }: Page<T>): readonly Entry<T>[] =>
  items.map((item, index) => ({ item, cursor: cursors[index] ?? '' }));

/** `from` is where the reading stopped; of what was found too much, the next page begins. */
function cut<T>(found: readonly Entry<T>[], limit: number, from: string | undefined): Page<T> {
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1)?.cursor : from;
  return {
    items: shown.map(({ item }) => item),
    cursors: shown.map(({ cursor }) => cursor),
    ...(next === undefined ? {} : { next }),
  };
}

const placeOfRelease = ({ service, plan }: Release): ItemPlace => ({
  namespace: namespaceOf(service),
  clusters: plan.waves.flat(),
});

export const visibleReleases = (
  tx: Reads,
  caller: Caller,
  releases: readonly Release[],
): Promise<readonly Release[]> => visible(tx, caller, releases, placeOfRelease);

export const visibleReleasePage = (
  tx: Reads,
  caller: Caller,
  page: PageRequest,
  read: (page: PageRequest) => Promise<Page<Release>>,
): Promise<Page<Release>> => visiblePage(tx, caller, page, read, placeOfRelease);
