import type { Database } from './database.js';

/** How late the jobs of a kind were done, from the moment at which each was due. */
export interface Lateness {
  readonly kind: string;
  readonly jobs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * A job's row is deleted when it is done: the log costs Spillway one insert for each batch of them,
 * and one for each batch of measurements.
 */
const install = `
  create schema bench;
  create unlogged table bench.done (kind text, due timestamptz, done timestamptz);
  create function bench.note() returns trigger language plpgsql as $$
    begin
      insert into bench.done
        select gone.payload -> 'job' ->> 'kind', gone.run_at, clock_timestamp() from gone;
      return null;
    end $$;
  create trigger note after delete on graphile_worker._private_jobs
    referencing old table as gone for each statement execute function bench.note();
  create unlogged table bench.measured (rows int);
  create function bench.count() returns trigger language plpgsql as $$
    begin
      insert into bench.measured select count(*) from made;
      return null;
    end $$;
  create trigger count after insert on measurements
    referencing new table as made for each statement execute function bench.count()`;

const lateness = `
  select done.kind, count(*)::int as jobs,
    percentile_cont(0.5) within group (order by waited.ms) as "p50Ms",
    percentile_cont(0.99) within group (order by waited.ms) as "p99Ms"
  from bench.done, lateral (select extract(epoch from done.done - done.due)::float8 * 1000 as ms) waited
  group by done.kind order by count(*) desc`;

/** Notes when jobs were due and when they were done, and what was measured, in the database itself. */
export class JobLog {
  constructor(private readonly database: Database) {}

  async install(): Promise<void> {
    await this.database.pool.query(install);
  }

  async forget(): Promise<void> {
    await this.database.pool.query('truncate bench.done, bench.measured');
  }

  since(): Promise<readonly Lateness[]> {
    return this.database.rows<Lateness & Record<string, unknown>>(lateness);
  }

  /** Of all metrics of all clusters. */
  measurements(): Promise<number> {
    return this.database.number('select coalesce(sum(rows), 0) as n from bench.measured');
  }

  /** Jobs that should have been taken a second ago. */
  overdue(): Promise<number> {
    return this.database.number(
      `select count(*) as n from graphile_worker._private_jobs as jobs
       where jobs.run_at < now() - interval '1 second'`,
    );
  }
}
