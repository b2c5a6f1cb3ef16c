import type { ClusterName } from '@spillway/kernel';
import { obey } from '../command/obey.js';
import type { Order } from '../command/order.js';
import type { ReleaseFact } from '../event.js';
import type { Release } from '../release.js';

/** What an order makes of a release, where it is sure to make something. */
export function obeyed(
  release: Release,
  order: Order,
  lost: ReadonlySet<ClusterName> = new Set(),
): ReleaseFact {
  const fact = obey(release, order, lost);
  if (!fact.ok) throw new Error(fact.error.message);
  if (fact.value === 'already') throw new Error(`"${order.verb}" had its effect before`);
  return fact.value;
}
