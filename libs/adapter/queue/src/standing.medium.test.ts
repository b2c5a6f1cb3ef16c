import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Job, Occurrence } from '@spillway/application';
import { until } from '@spillway/application/testing';
import { after, clusterName, releaseId } from '@spillway/kernel';
import { queueSchemaProblem, queueStandingSql, startWorker } from './index.js';
import { neededMigration } from './queue-schema.js';
import { QueueBench } from './testing/queue-bench.js';

const apply: Job = { kind: 'apply', release: releaseId('one'), cluster: clusterName('eu') };
const measure: Job = { kind: 'measure', release: releaseId('one'), cluster: clusterName('eu') };
const reconcile: Job = { kind: 'reconcile', release: releaseId('one') };

let bench: QueueBench;
let open: () => void;
/** Jobs that wait for it hang until the test ends. */
let gate: Promise<void>;

const ask = async (sql: string) =>
  (await bench.pool.query<Readonly<Record<string, unknown>>>(sql)).rows;

beforeEach(async () => {
  bench = await QueueBench.open();
  gate = new Promise((resolve) => (open = resolve));
});
afterEach(async () => {
  open();
  await bench.close();
});

async function standing(): Promise<Readonly<Record<string, number>>> {
  const rows = await ask(queueStandingSql);
  return Object.fromEntries(
    rows.map(({ name, label, value }) => [
      `${String(name)} ${String(label)}`.trim(),
      Number(value),
    ]),
  );
}

describe('what stands in the queue', () => {
  it('is counted by kind: due, planned, and for how long', async () => {
    await bench.uow.run(async (tx) => {
      await tx.jobs.enqueue(apply, after(tx.now, -90_000));
      await tx.jobs.enqueue(measure, after(tx.now, 90_000));
    });
    const found = await standing();
    expect(found).toMatchObject({ 'jobsDue apply': 1, 'jobsPlanned apply': 0 });
    expect(found).toMatchObject({ 'jobsDue measure': 0, 'jobsPlanned measure': 1 });
    expect(found).toMatchObject({ 'jobsRetrying apply': 0, workers: 0, leases: 0 });
    expect(found['jobsOldestDueSeconds apply']).toBeGreaterThanOrEqual(90);
    expect(found['jobsOldestDueSeconds measure']).toBe(0);
  });

  it('has the workers, what they hold, and jobs that went wrong', async () => {
    await bench.worker((job) => (job.kind === 'apply' ? gate : Promise.reject(new Error('no'))));
    await bench.enqueue(apply, measure);
    await until(async () => (await standing())['jobsRetrying measure'] === 1);
    expect(await standing()).toMatchObject({ 'jobsRunning apply': 1, workers: 1 });
    expect((await standing())['leases']).toBeGreaterThanOrEqual(1);
  });
});

describe('what a meter is told of jobs', () => {
  it('how late each was by the time of the database, how long it took, and how it ended', async () => {
    const noted: Extract<Occurrence, { kind: 'ran' }>[] = [];
    const worker = await startWorker({
      connectionString: bench.url,
      concurrency: 1,
      workerName: 'metered',
      logger: bench.logger,
      meter: { note: (one) => void (one.kind === 'ran' && noted.push(one)) },
      handle: (job) =>
        job.kind === 'measure' ? Promise.reject(new Error('no')) : Promise.resolve(),
    });
    await bench.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, -5_000)));
    await bench.enqueue(measure);
    await until(() => noted.length >= 2);
    await worker.stop();
    const [late] = noted.filter(({ job }) => job === 'reconcile');
    expect(late).toMatchObject({ outcome: 'done' });
    expect(late?.lateMs).toBeGreaterThanOrEqual(5_000);
    expect(late?.lateMs).toBeLessThan(15_000);
    expect(noted.find(({ job }) => job === 'measure')).toMatchObject({ outcome: 'failed' });
  });

  it('and a worker says of which kinds it takes no jobs: of none, and of all once it stops', async () => {
    const worker = await bench.worker(() => Promise.resolve());
    expect(worker.idle()).toEqual([]);
    await worker.stop();
    expect(worker.idle()).toContain('apply');
  });
});

describe('the tables of the queue', () => {
  it('are those of the version that is pinned: this one needs all of its migrations', async () => {
    expect(await queueSchemaProblem(ask)).toBeUndefined();
    const [row] = await ask('select max(id)::int as newest from graphile_worker.migrations');
    expect(row?.['newest']).toBe(neededMigration);
  });

  it('are told from tables that are behind, or gone', async () => {
    await ask(`delete from graphile_worker.migrations where id = ${neededMigration}`);
    expect(await queueSchemaProblem(ask)).toMatch('needs 19');
    await ask('alter schema graphile_worker rename to elsewhere');
    expect(await queueSchemaProblem(ask)).toMatch('not there');
  });
});
