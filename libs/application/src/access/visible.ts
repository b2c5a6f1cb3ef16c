import { isLimited, roles, sees, type Grant } from '@spillway/domain-access';
import type { Release } from '@spillway/domain-release';
import type { ClusterName, NamespaceName } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { Caller } from './caller.js';
import { namespaceOf } from './where.js';

/** Where an item of a list is. */
export interface ItemPlace {
  readonly namespace?: NamespaceName;
  readonly clusters: readonly ClusterName[];
}

/** Those that the caller may see, in their order: with any role in a part of where they are. */
export async function visible<T>(
  tx: Tx,
  { grants }: Caller,
  items: readonly T[],
  placeOf: (item: T) => ItemPlace,
): Promise<readonly T[]> {
  if (items.length === 0 || grants.some((grant) => !isLimited(grant))) return items;
  const names = new Set(items.flatMap((item) => placeOf(item).clusters));
  const clusters = await tx.clusters.getAll([...names]);
  return items.filter((item) => {
    const { clusters: among, ...place } = placeOf(item);
    const here = clusters.filter(({ name }) => among.includes(name));
    return sees(grants, roles, { ...place, clusters: here });
  });
}

export const visibleReleases = (
  tx: Tx,
  caller: Caller,
  releases: readonly Release[],
): Promise<readonly Release[]> =>
  visible(tx, caller, releases, ({ service, plan }) => ({
    namespace: namespaceOf(service),
    clusters: plan.waves.flat(),
  }));
