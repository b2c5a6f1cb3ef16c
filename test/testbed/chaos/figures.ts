import type { EventRow } from './check-history.js';
import type { StoredVersion } from './etcd-history.js';
import { routeOf } from './objects.js';
import { routingOf } from './read-objects.js';
import type { Told } from './scenario.js';
import { blockedMs, type Storm } from './storm.js';

export interface ChaosFigures {
  readonly seed: number;
  readonly kills: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly strikes: ReadonlyMap<string, number>;
  readonly ends: ReadonlyMap<string, number>;
  readonly accepted: number;
  readonly events: number;
  readonly versions: number;
  /** From an accepted abort to the read-back in a cluster, in milliseconds, while something could be done. */
  readonly aborts: readonly number[];
  /** From the end of the storm to the end of the last release. */
  readonly calmMs: number;
}

const counted = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names.toSorted()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

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

export function figuresOf(seen: Seen): ChaosFigures {
  const { seed, kills, minutes, storm, told, rows, versions, beganAt } = seen;
  const lastEnd = Math.max(...rows.map(({ event }) => Number(event.at)));
  return {
    seed,
    kills,
    minutes,
    seconds: Math.round((Math.max(lastEnd, storm.endedAt) - beganAt) / 1_000),
    strikes: counted(storm.outages.map(({ kind, fault }) => `${kind} ${fault}`)),
    ends: counted(told.map(({ phase }) => phase)),
    accepted: told.reduce((sum, { accepted }) => sum + accepted.length, 0),
    events: rows.length,
    versions: versions.filter(({ plural }) => plural === 'virtualservices').length,
    aborts: told.flatMap((one) => abortTimes(one, seen)).sort((a, b) => a - b),
    calmMs: Math.max(0, lastEnd - storm.endedAt),
  };
}

/** In each cluster that had something to take back, until it held the newer generation. */
function abortTimes(told: Told, { rows, versions, storm, workers }: Seen): readonly number[] {
  const abort = told.accepted.find(({ verb }) => verb === 'abort');
  const rollback = rows.find(
    ({ release, event }) => release === told.id && event.type === 'rollbackStarted',
  )?.event;
  if (abort === undefined || rollback?.type !== 'rollbackStarted') return [];
  const { generation, clusters } = rollback.traffic;
  return clusters.flatMap(({ cluster }) => {
    const written = versions.find(
      ({ cluster: where, name, object }) =>
        where === cluster &&
        name === routeOf(told.service) &&
        object !== undefined &&
        (routingOf(object).generation ?? 0) >= generation,
    );
    if (written === undefined) return [];
    const span = [abort.at, Math.max(abort.at, written.seenAt)] as const;
    return [span[1] - span[0] - blockedMs(storm.outages, cluster, workers, span)];
  });
}
