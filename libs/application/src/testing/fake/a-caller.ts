import type { Caller } from '../../access/caller.js';

/** Somebody who may do everything. */
export const aCaller = (actor = 'anna', more: Partial<Caller> = {}): Caller => ({
  actor,
  grants: [{ role: 'admin' }],
  origin: { via: 'rest', requestId: 'request-1' },
  ...more,
});
