import type { EventRow } from './check-history.js';
import type { StoredVersion } from './etcd-history.js';
import type { Told } from './scenario.js';
import type { Storm } from './storm.js';

/** What there is to look at when the storm and all releases are over. */
export interface Seen {
  readonly seed: number;
  readonly kills: number;
  readonly minutes: number;
  readonly workers: number;
  readonly beganAt: number;
  readonly storm: Storm;
  readonly told: readonly Told[];
  readonly rows: readonly EventRow[];
  readonly versions: readonly StoredVersion[];
}
