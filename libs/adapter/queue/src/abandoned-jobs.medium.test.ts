import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { after, releaseId } from '@spillway/kernel';
import { QueueBench } from './testing/queue-bench.js';
import { spawnWorker } from './testing/spawn-worker.js';
import { subjectOf } from './testing/subject-of.js';

const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });
const one = reconcile('one');
const hour = 3_600_000;

let bench: QueueBench;
let open: () => void;
let gate: Promise<void>;
const children: ChildProcess[] = [];

beforeEach(async () => {
  bench = await QueueBench.open();
  gate = new Promise((resolve) => (open = resolve));
});
afterEach(async () => {
  open();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await bench.close();
});

/** A worker process that has taken the job that waits, and never finishes it. */
async function doomedWorker(): Promise<ChildProcess> {
  const child = spawnWorker('doomed-worker', bench.url);
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  expect(JSON.parse(line.toString())).toEqual(one);
  return child;
}

/** Comes back when this worker has looked for abandoned jobs often enough to take one. */
async function untilSwept(): Promise<void> {
  const { rows } = await bench.pool.query<{ id: string }>(
    `select id from graphile_worker.add_job('reconcile', $1::json, run_at => now() + interval '1 hour')`,
    [JSON.stringify({ job: reconcile('left'), attempt: 0 })],
  );
  const id = rows[0]?.id;
  await bench.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'pool-gone', locked_at = now() where id = $1`,
    [id],
  );
  await until(async () => (await bench.count(`id = ${id}`)) === 0);
}

it('takes the job of a process that was killed, within about two seconds', async () => {
  await bench.enqueue(one);
  const child = await doomedWorker();
  const ran: Job[] = [];
  await bench.worker((job) => Promise.resolve(void ran.push(job)));
  await untilSwept();
  expect(ran).not.toContainEqual(one);
  child.kill('SIGKILL');
  const killed = Date.now();
  await until(() => ran.some((job) => subjectOf(job) === releaseId('one')));
  expect(Date.now() - killed).toBeLessThan(4_000);
  expect(ran.filter((job) => subjectOf(job) === releaseId('one'))).toEqual([one]);
});

it('takes the job of a process that stands still, which has lost it when it goes on', async () => {
  await bench.enqueue(one);
  const child = await doomedWorker();
  const ran: Job[] = [];
  await bench.worker((job) => Promise.resolve(void ran.push(job)));
  child.kill('SIGSTOP');
  await until(() => ran.length === 1);
  child.kill('SIGCONT');
  // It comes back with a session of its own.
  await until(async () => {
    const { rowCount } = await bench.pool.query(
      `select from pg_stat_activity
       where datname = current_database() and application_name = 'spillway worker doomed'`,
    );
    return rowCount === 1;
  });
  await untilSwept();
  await untilSwept();
  expect(ran.filter((job) => subjectOf(job) === releaseId('one'))).toEqual([one]);
}, 40_000);

it('takes it also when a successor was queued for later while it ran', async () => {
  await bench.enqueue(one);
  const child = await doomedWorker();
  await bench.uow.run((tx) => tx.jobs.enqueue(one, after(tx.now, hour)));
  child.kill('SIGKILL');
  let ran = 0;
  await bench.worker(() => Promise.resolve(void (ran += 1)));
  await until(() => ran === 1);
  await until(async () => (await bench.count()) === 0);
});

it('leaves a slow job to a worker that lives', async () => {
  let runs = 0;
  const handle = (job: Job) =>
    subjectOf(job) === releaseId('one') ? ((runs += 1), gate) : Promise.resolve();
  await bench.enqueue(one);
  await bench.worker(handle);
  await until(() => runs === 1);
  await bench.pool.query(
    `update graphile_worker._private_jobs set locked_at = locked_at - interval '1 hour'`,
  );
  await untilSwept();
  await bench.worker(handle);
  await untilSwept();
  await untilSwept();
  expect(runs).toBe(1);
});

it('leaves a slow job to a worker whose connections break and come back', async () => {
  let runs = 0;
  const handle = (job: Job) =>
    subjectOf(job) === releaseId('one') ? ((runs += 1), gate) : Promise.resolve();
  await bench.enqueue(one);
  await bench.worker(handle);
  await bench.worker(handle);
  await until(() => runs === 1);
  await bench.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await untilSwept();
  await untilSwept();
  expect(runs).toBe(1);
  open();
  await until(async () => (await bench.count()) === 0);
});

it('queues a job again that graphile-worker has given up', async () => {
  await bench.uow.run((tx) => tx.jobs.enqueue(one, after(tx.now, hour)));
  await bench.pool.query('update graphile_worker._private_jobs set attempts = max_attempts');
  let ran = 0;
  await bench.worker(() => Promise.resolve(void (ran += 1)));
  await until(() => ran === 1);
});

it('does a job again of which a database that crashed forgot that it was done', async () => {
  const ran: Job[] = [];
  await bench.worker(async (job) => {
    if (ran.length === 0) {
      await bench.pool.query('create table kept as select * from graphile_worker._private_jobs');
    }
    ran.push(job);
  });
  await bench.enqueue(one);
  await until(async () => ran.length === 1 && (await bench.count()) === 0);
  const { rows } = await bench.pool.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
     where table_schema = 'graphile_worker' and table_name = '_private_jobs' and is_generated = 'NEVER'`,
  );
  const columns = rows[0]?.columns ?? '';
  // As the log has it up to what was flushed: taken by a worker, which lives.
  await bench.pool.query(
    `insert into graphile_worker._private_jobs (${columns}) overriding system value select ${columns} from kept`,
  );
  await until(() => ran.length === 2);
  expect(ran).toEqual([one, one]);
}, 30_000);
