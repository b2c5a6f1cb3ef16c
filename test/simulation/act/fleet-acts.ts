import type { Dice } from '../dice.js';
import type { Night } from '../night.js';

/** A service is put into other clusters than before, whether it is being released or not. */
function clusters(night: Night, dice: Dice): string {
  const one = dice.one(night.services);
  const some = night.everywhere.filter(() => dice.under(3) > 0);
  const where = some.length === 0 ? night.everywhere : some;
  const put = { ...one, clusters: where, stable: night.stable };
  night.ask('ana', 'clusters', (api, caller) => api.putService(put, caller));
  return `ana puts ${one.service} into ${where.join(', ')}`;
}

/** Who has a service, and how it is said. */
export const fleetActs = { clusters, clustersAgain: clusters } as const;
