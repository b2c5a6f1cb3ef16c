import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Job } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { after, releaseId } from '@spillway/kernel';
import { QueueBench } from './testing/queue-bench.js';
import { subjectOf } from './testing/subject-of.js';

const reconcile: Job = { kind: 'reconcile', release: releaseId('one') };
const hour = 3_600_000;
const dueNow = 'run_at <= now()';

let bench: QueueBench;
beforeEach(async () => {
  bench = await QueueBench.open();
});
afterEach(() => bench.close());

it('keeps the earlier moment of two transactions that queue a job at once', async () => {
  const early = await bench.begin();
  const late = await bench.begin();
  await early.jobs.enqueue(reconcile);
  const waiting = late.jobs.enqueue(reconcile, after(late.now, hour));
  await until(someoneWaits);
  await early.commit();
  await waiting;
  await late.commit();
  expect(await bench.count()).toBe(1);
  expect(await bench.count(dueNow)).toBe(1);
});

it('keeps the earlier moment whichever of the two comes first', async () => {
  await bench.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, hour)));
  await bench.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, 2 * hour)));
  expect(await bench.count(`run_at between now() and now() + interval '61 minutes'`)).toBe(1);
  await bench.enqueue(reconcile);
  expect(await bench.count()).toBe(1);
  expect(await bench.count(dueNow)).toBe(1);
});

it('lets no worker take a job before a transaction that asked for it again has ended', async () => {
  const ran: string[] = [];
  await bench.enqueue(reconcile);
  const tx = await bench.begin();
  await tx.jobs.enqueue(reconcile, after(tx.now, hour));
  await bench.worker((job) => Promise.resolve(void ran.push(subjectOf(job))));
  await bench.enqueue({ kind: 'reconcile', release: releaseId('other') });
  await until(() => ran.includes('other'));
  expect(ran).toEqual(['other']);
  await tx.commit();
  await until(() => ran.includes('one'));
});

async function someoneWaits(): Promise<boolean> {
  const { rowCount } = await bench.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rowCount === 1;
}
