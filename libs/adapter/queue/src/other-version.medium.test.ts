import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { releaseId } from '@spillway/kernel';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const future = 'ofTheVersionAfter';
const reconcile = (release: string): Job => ({ kind: 'reconcile', release: releaseId(release) });

let bench: QueueBench;
beforeEach(async () => {
  bench = await QueueBench.open();
});
afterEach(() => bench.close());

/** As a worker of that version queues it; `by` has taken it. Gives its id. */
async function put(kind: string, job: object, by?: string): Promise<string> {
  const { rows } = await bench.pool.query<{ id: string }>(
    `select id from graphile_worker.add_job($1, $2::json, job_key => $3, flags => array[$3])`,
    [kind, JSON.stringify({ job: { kind, ...job }, attempt: 0 }), `${kind}:${JSON.stringify(job)}`],
  );
  const id = rows[0]?.id ?? '';
  if (by !== undefined) {
    await bench.pool.query(
      `update graphile_worker._private_jobs set locked_by = $2, locked_at = now() where id = $1`,
      [id, by],
    );
  }
  return id;
}

it('leaves jobs of a kind that only a newer worker knows as they are', async () => {
  const waiting = await put(future, { shard: 1 });
  const ran: string[] = [];
  await bench.worker((job) => Promise.resolve(void ran.push(subjectOf(job))));
  await bench.enqueue(reconcile('ours'));
  await until(() => ran.length === 1);
  expect(ran).toEqual(['ours']);
  expect(await bench.count(`id = ${waiting} and attempts = 0 and locked_at is null`)).toBe(1);
});

it('takes its own from a worker that is gone, and leaves the newer worker’s to the next of those', async () => {
  const newer = await put(future, { shard: 1 }, 'pool-gone');
  await put('reconcile', { release: 'ours' }, 'pool-gone');
  const ran: string[] = [];
  await bench.worker((job) => Promise.resolve(void ran.push(subjectOf(job))));
  await until(() => ran.length === 1);
  await until(async () => (await bench.count()) === 1);
  expect(await bench.count(`id = ${newer} and locked_by = 'pool-gone'`)).toBe(1);
});
