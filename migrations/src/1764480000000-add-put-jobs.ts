import type { MigrationInterface, QueryRunner } from 'typeorm';

const putJobs = `
  create function put_jobs(wanted jsonb) returns void language plpgsql as $$
  declare
    keys text[];
    news bigint;
  begin
    select array_agg(one ->> 'key') into keys from jsonb_array_elements(wanted) as one;
    -- Those who queue the same jobs take turns, and in one order, so that none wait in a circle.
    perform pg_advisory_xact_lock(1397774081, turns.turn)
      from (select distinct hashtext(key) as turn from unnest(keys) as key order by 1) as turns;
    -- No worker takes what is waiting before this transaction ends.
    perform from graphile_worker._private_jobs as jobs
      where jobs.key = any (keys) and jobs.locked_at is null for update;
    -- One that runs already does not know of what this transaction did: another one follows it.
    update graphile_worker._private_jobs as jobs
      set key = null, attempts = jobs.max_attempts, updated_at = now()
      where jobs.key = any (keys) and jobs.is_available is not true;
    insert into graphile_worker._private_tasks as tasks (identifier)
      select distinct one ->> 'kind' from jsonb_array_elements(wanted) as one
      where not exists (
        select from graphile_worker._private_tasks as known
        where known.identifier = one ->> 'kind')
      on conflict do nothing;
    with put as (
      insert into graphile_worker._private_jobs as jobs
        (task_id, payload, run_at, max_attempts, key, flags)
      select tasks.id, one.entry,
        coalesce(to_timestamp(one."at" / 1000), now())
          + one."delayMs" * interval '1 millisecond',
        32767, one.key, jsonb_build_object(one.key, true)
      from jsonb_to_recordset(wanted) as one
          (key text, kind text, entry json, "at" float8, "delayMs" float8)
        join graphile_worker._private_tasks as tasks on tasks.identifier = one.kind
      on conflict (key) do update set
        payload = excluded.payload,
        run_at = least(jobs.run_at, excluded.run_at),
        attempts = 0,
        last_error = null,
        revision = jobs.revision + 1,
        updated_at = now()
      returning jobs.key, jobs.run_at)
    select greatest(1, sum(one.slots)) into news
      from put join jsonb_to_recordset(wanted) as one (key text, slots integer)
        on one.key = put.key
      where put.run_at <= clock_timestamp()
      having count(*) > 0;
    if news is not null then
      perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', news)::text);
    end if;
  end $$`;

/**
 * breaking: no · phase: expand · contract step: none
 *
 * Queues all jobs of a transaction in one statement, and wakes workers only for what is due: the
 * queue's own function wakes each lane of each of them for every timer that is set. A job says how
 * many slots of its lane have to wake for it: none of its own where one fetches for all of them. The
 * number is that of the lock by which a process of the version before makes those wait who queue the
 * same job.
 */
export class AddPutJobs1764480000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(putJobs);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function put_jobs(jsonb)`);
  }
}
