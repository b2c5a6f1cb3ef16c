/*
 * graphile-worker's `queue_name` is not used to keep jobs of one subject apart:
 * taking a job locks the row of every queue that is free, and a queue stays when
 * its last job is done. With 5,000 past subjects each job writes 270 kB of WAL
 * (measured on Postgres 18), and who looks for a job in that moment sees none.
 * Advisory locks, held by the session of the worker that runs a job, do it
 * instead; they also end with the process, however it ends.
 *
 * `_private_jobs` is private to graphile-worker: its version is pinned, and the
 * medium tests of this package run every statement below.
 */

/** First keys of the advisory locks; the second is `hashtext` of a name. Names that collide wait for each other and no more. */
export const classes = { job: 0x53505702, worker: 0x53505703, writer: 0x53505704 } as const;
export type LockClass = keyof typeof classes;

const locksOf = (lock: LockClass): string => `pg_locks as locks
  where locks.locktype = 'advisory' and locks.classid = ${classes[lock]} and locks.objsubid = 2
    and locks.database = (select oid from pg_database where datname = current_database())`;

const held = (lock: LockClass, name: string): string => `exists (
  select from ${locksOf(lock)} and locks.objid = hashtext(${name})::oid)`;

/**
 * Queues jobs, or moves those that wait under the same key to the earlier of both moments (a function
 * of our migrations). The waiting row is written in any case: that keeps it from being taken before
 * this transaction commits, which would run it without knowing what this transaction did. A job that
 * runs already loses its key to the new one, so the new one runs after it.
 */
export const putJobs = 'select put_jobs($1::jsonb)';

/**
 * Keys of due jobs whose subject a worker is busy with. Given as forbidden flags, they are passed over.
 * Postgres makes a table of all its locks whenever it is asked for one: once for all jobs.
 */
export const busyKeys = `
  with busy as materialized (
    select locks.objid from ${locksOf('job')})
  select jobs.key from graphile_worker._private_jobs as jobs
  where jobs.is_available and jobs.run_at <= now()
    and hashtext(jobs.key)::oid in (select busy.objid from busy)`;

/**
 * Whether a process lives that does nothing but the jobs of the kinds in $1, and whether one of them
 * waits for longer than $2 milliseconds all the same.
 */
export const writersStanding = `
  select standing."areThere", case when standing."areThere" then exists (
      select from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks
        on tasks.id = jobs.task_id
      where tasks.identifier = any($1::text[]) and jobs.is_available
        and jobs.run_at < now() - $2::float8 * interval '1 millisecond'
    ) else false end as "areLate"
  from (select exists (select from ${locksOf('writer')}) as "areThere") as standing`;

const abandoned = `(
  jobs.locked_by is not null and not ${held('worker', 'jobs.locked_by')}
  or jobs.locked_by is null and not jobs.is_available)`;

/**
 * Noted as taken by workers of this process ($2) for longer than $3 milliseconds, and none of those that
 * run ($4). That a job was taken and done waits for no disk: a database that crashes may know of its
 * beginning and not of its end, and its worker lives.
 */
const forgotten = `(
  jobs.locked_by = any($2::text[]) and not jobs.id = any($4::bigint[])
  and jobs.locked_at < now() - $3::float8 * interval '1 millisecond')`;

/**
 * Jobs of workers whose session is gone, jobs that are done and noted as taken, and jobs that
 * graphile-worker would never try again: those of the kinds in $1. Others are of a newer version, and
 * are left to its workers.
 */
export const findAbandoned = `
  select jobs.id
  from graphile_worker._private_jobs as jobs join graphile_worker._private_tasks as tasks
    on tasks.id = jobs.task_id
  where tasks.identifier = any($1::text[]) and (${abandoned} or ${forgotten})`;

/** Deletes them rather than unlocking them: should their worker live after all, its report finds no row to end. What workers of $2 have is abandoned as well. */
export const takeAbandoned = `
  delete from graphile_worker._private_jobs as jobs
  where jobs.id = any($1::bigint[]) and (${abandoned} or jobs.locked_by = any($2::text[]))
  returning jobs.payload`;

/** Of names of several classes; whether each was had, in their order. */
export const tryLocks = `
  select pg_try_advisory_lock(asked.class, hashtext(asked.name)) as taken
  from unnest($1::integer[], $2::text[]) with ordinality as asked (class, name, position)
  order by asked.position`;

export const unlockAll = `
  select pg_advisory_unlock(asked.class, hashtext(asked.name))
  from unnest($1::integer[], $2::text[]) as asked (class, name)`;

/** Lets the server notice within some ten seconds that a worker's machine is gone without a word. */
export const noticeDeadPeer = `
  set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3`;

/** True at a standby, and at a primary that was told to be read-only. */
export const takesNoWrites = `
  select current_setting('transaction_read_only') = 'on' as "takesNoWrites"`;

/** Which process of the server a session is. */
export const ownBackend = `
  select pid, backend_start::text as since from pg_stat_activity where pid = pg_backend_pid()`;

/** Ends a session that lost its worker, and waits for that: a second at most. Its number may be another's by now. */
export const endBackend = `
  select pg_terminate_backend(pid, 1000) from pg_stat_activity
  where pid = $1 and backend_start = $2::timestamptz`;

/** What the session of each worker is called in the database's list of connections. */
export const sessionName = (workerName: string): string => `spillway worker ${workerName}`;

/**
 * Ends the sessions of workers that stand still. One that lives looks for abandoned jobs
 * several times a second; one that was stopped, or is on a machine that is, keeps its
 * connection for as long as its kernel answers, and with it the locks of its jobs. By the
 * time of the database, as it noted it: no worker's clock counts. A worker that goes on
 * finds its session gone and takes part again, but its jobs may be somebody else's by then.
 */
export const endStandingStill = `
  select pg_terminate_backend(sessions.pid) from pg_stat_activity as sessions
  where sessions.datname = current_database() and sessions.pid <> pg_backend_pid()
    and sessions.application_name like '${sessionName('%')}' and sessions.state = 'idle'
    and sessions.state_change < now() - $1::float8 * interval '1 millisecond'`;
