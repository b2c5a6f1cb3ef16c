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
  const items: T[] = [];
  const cursors: string[] = [];
  let from = page.cursor;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const found = await read({ limit: perRead, ...(from === undefined ? {} : { cursor: from }) });
    const seen = new Set(await visible(tx, caller, found.items, placeOf));
    for (const [index, item] of found.items.entries()) {
      if (!seen.has(item)) continue;
      const last = cursors.at(-1);
      if (items.length === page.limit && last !== undefined) return { items, cursors, next: last };
      items.push(item);
      cursors.push(found.cursors[index] ?? '');
    }
    if (found.next === undefined) return { items, cursors };
    from = found.next;
  }
  return { items, cursors, ...(from === undefined ? {} : { next: from }) };
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
