import type { FeedEvent, FeedPart, FeedPosition } from '@spillway/application';
import { CodedError, InvariantBroken, releaseId, serviceName } from '@spillway/kernel';
import type { EntityManager } from 'typeorm';
import type { EventRow } from './history-rows.js';

/** Transaction, release, sequence: what all events are ordered by. */
type Place = readonly [xact: string, release: string, sequence: string];

const beforeAll = '00000000-0000-0000-0000-000000000000';
const position = /^(\d{1,18})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,9})$/;

/** `unsettled`: something is committed that may still get something before it. */
interface HorizonRow {
  readonly horizon: string;
  readonly ceiling: string;
  readonly unsettled: boolean;
}

/**
 * Transactions commit in another order than they began. All below the horizon have ended, so
 * nothing can come before what is told; what is at or above it is told when the rest has ended.
 * Ids are of the whole server, so a snapshot's xmin would let a long job in a database beside this
 * one hold everything back. Who holds an id's lock tells its database; where nobody does (the lock
 * comes just after the id, a prepared transaction has no process) it counts as one of this one.
 */
const horizonSql = `
  with seen as (select pg_current_snapshot() as now_seen),
  edges as (
    select pg_snapshot_xmax(now_seen)::text::bigint as ceiling,
      (select min(running::text::bigint)
        from pg_snapshot_xip(now_seen) as running
        where running::xid not in (
          select locks.transactionid
          from pg_locks as locks join pg_stat_activity as holder using (pid)
          where locks.locktype = 'transactionid' and locks.mode = 'ExclusiveLock' and locks.granted
            and holder.datid <> (select oid from pg_database where datname = current_database())
        )) as earliest
    from seen),
  bounds as (select coalesce(earliest, ceiling) as horizon, ceiling from edges)
  select horizon, ceiling,
    exists (select from events where events.xact >= bounds.horizon) as unsettled
  from bounds`;

const recentSql = `
  select events.xact, events.release, events.sequence, events.event, events.hash, releases.service
  from events join releases on releases.id = events.release
  where (events.xact, events.release, events.sequence) > ($1::bigint, $2::uuid, $3::integer)
    and events.xact < $4::bigint
  order by events.xact, events.release, events.sequence
  limit $5`;

type RecentRow = EventRow & { readonly service: string; readonly xact: string };

export async function recentEvents(
  manager: EntityManager,
  after: FeedPosition | undefined,
  limit: number,
): Promise<FeedPart> {
  const [seen] = await manager.query<HorizonRow[]>(horizonSql);
  if (seen === undefined) throw new InvariantBroken('a snapshot has no horizon');
  const { horizon, ceiling, unsettled } = seen;
  if (after === undefined) {
    return { events: [], end: toPosition([horizon, beforeAll, '0']), isOpen: unsettled };
  }
  const place = placeOf(after, ceiling);
  const rows = await manager.query<RecentRow[]>(recentSql, [...place, horizon, limit]);
  const events = rows.map(toFeedEvent);
  return {
    events,
    end: events.at(-1)?.position ?? after,
    isOpen: unsettled || rows.length === limit,
  };
}

const toPosition = (place: Place): FeedPosition => place.join('-') as FeedPosition;

/** One beyond all transactions is of another database, where this one was restored from. */
function placeOf(text: string, ceiling: string): Place {
  const [, xact, release, sequence] = position.exec(text) ?? [];
  if (xact !== undefined && release !== undefined && sequence !== undefined) {
    if (BigInt(xact) <= BigInt(ceiling)) return [xact, release, sequence];
  }
  throw new CodedError(
    'INVALID_INPUT',
    'The position is none of this database.',
    'Begin without one, and read what is there now.',
  );
}

const toFeedEvent = ({ xact, release, sequence, event, hash, service }: RecentRow): FeedEvent => ({
  sequence,
  event,
  hash,
  release: releaseId(release),
  service: serviceName(service),
  position: toPosition([xact, release, String(sequence)]),
});
