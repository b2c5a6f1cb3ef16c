import { classes } from './sql.js';

/**
 * Of each kind of job: how many are due, planned, running and waiting after a failure, and for how
 * long the oldest of those that are due has been so; how many workers there are that do all kinds, and
 * how many jobs are held. One scan of a table that has a row for each thing that is going on; a hundred
 * thousand of them at the most, so that it takes about as long on the worst of days (see ADR 26).
 */
export const queueStandingSql = `
  select figures.name, kinds.kind as label, figures.value
  from (
    select tasks.identifier as kind,
      count(*) filter (where jobs.locked_at is null and jobs.run_at <= now()) as due,
      count(*) filter (where jobs.locked_at is null and jobs.run_at > now()) as planned,
      count(*) filter (where jobs.locked_at is not null) as running,
      count(*) filter (where (jobs.payload ->> 'attempt')::int > 0) as retrying,
      extract(epoch from now() - min(jobs.run_at) filter (
        where jobs.locked_at is null and jobs.run_at <= now())) as oldest
    from graphile_worker._private_tasks as tasks
    left join (
      select first.task_id, first.locked_at, first.run_at, first.payload
      from graphile_worker._private_jobs as first limit 100000
    ) as jobs on jobs.task_id = tasks.id
    group by tasks.identifier
  ) as kinds
  cross join lateral (values
    ('jobsDue', kinds.due::float8),
    ('jobsPlanned', kinds.planned::float8),
    ('jobsRunning', kinds.running::float8),
    ('jobsRetrying', kinds.retrying::float8),
    ('jobsOldestDueSeconds', coalesce(kinds.oldest, 0)::float8)
  ) as figures (name, value)
  union all
  select figures.name, '', figures.value
  from (
    select count(distinct locks.pid) filter (where locks.classid = ${classes.worker})
        - count(distinct locks.pid) filter (where locks.classid = ${classes.writer}) as workers,
      count(*) filter (where locks.classid = ${classes.job}) as leases
    from pg_locks as locks
    where locks.locktype = 'advisory' and locks.objsubid = 2 and locks.granted
      and locks.database = (select oid from pg_database where datname = current_database())
  ) as held
  cross join lateral (values
    ('workers', held.workers::float8),
    ('leases', held.leases::float8)
  ) as figures (name, value)`;
