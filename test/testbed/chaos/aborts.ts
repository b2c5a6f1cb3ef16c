import { routeOf } from './objects.js';
import { routingOf } from './read-objects.js';
import type { Told } from './scenario.js';
import type { Seen } from './seen.js';
import { blockedMs } from './storm.js';

/** What an accepted abort took in a cluster. */
export interface AbortTime {
  readonly release: string;
  readonly cluster: string;
  readonly acceptedAt: number;
  readonly writtenAt: number;
  /** While something could be done. */
  readonly ms: number;
}

/** In each cluster that had something to take back, until it held the newer generation; the slowest last. */
export const abortsOf = (seen: Seen): readonly AbortTime[] =>
  seen.told.flatMap((one) => timesOf(one, seen)).sort((a, b) => a.ms - b.ms);

function timesOf(told: Told, { rows, versions, storm, workers }: Seen): readonly AbortTime[] {
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
    // A cluster that never had anything of the release is written only by the next one.
    const readBack = rows.find(
      ({ release, event }) =>
        release === told.id &&
        event.type === 'trafficApplied' &&
        event.cluster === cluster &&
        event.generation >= generation,
    )?.event.at;
    const doneAt = Math.min(written?.seenAt ?? Infinity, Number(readBack ?? Infinity));
    if (doneAt === Infinity) return [];
    const [acceptedAt, writtenAt] = [abort.at, Math.max(abort.at, doneAt)];
    const blocked = blockedMs(storm.outages, cluster, workers, [acceptedAt, writtenAt]);
    const ms = writtenAt - acceptedAt - blocked;
    return [{ release: told.id, cluster, acceptedAt, writtenAt, ms }];
  });
}

/** What happened while it took so long, for the log: an abort that nobody can explain is a fault to look for. */
export function describeAbort(
  { release, cluster, acceptedAt, writtenAt, ms }: AbortTime,
  { rows, storm }: Seen,
): string {
  const after = (at: number): string => `${((at - acceptedAt) / 1_000).toFixed(1)} s`;
  const events = rows
    .filter((row) => row.release === release && Number(row.event.at) >= acceptedAt - 5_000)
    .map(({ event }) => {
      const where = 'cluster' in event ? ` in ${event.cluster}` : '';
      return `  ${after(Number(event.at))}: ${event.type}${where}`;
    });
  const outages = storm.outages
    .filter(({ from, to }) => from <= writtenAt && to >= acceptedAt)
    .map(({ name, fault, from, to }) => `  ${after(from)} to ${after(to)}: ${name} ${fault}`);
  const title = `abort of ${release} in ${cluster}: ${(ms / 1_000).toFixed(1)} s, written after ${after(writtenAt)}`;
  return [title, ...events, ...outages].join('\n');
}
