import { expect, it } from '@jest/globals';
import { after, clusterName, deliveryId, namespaceName, releaseId } from '@spillway/kernel';
import type { Job } from '../../port/job-queue.js';
import type { JobQueueHarness } from './harness.js';
import { fresh } from './fresh.js';

const first = releaseId('00000000-0000-4000-8000-000000000001');
const second = releaseId('00000000-0000-4000-8000-000000000002');
const reconcile: Job = { kind: 'reconcile', release: first };
const applyIn = (cluster: string): Job => ({
  kind: 'apply',
  release: first,
  cluster: clusterName(cluster),
});
const measureIn = (cluster: string): Job => ({
  kind: 'measure',
  release: first,
  cluster: clusterName(cluster),
});
const verifyIn = (cluster: string): Job => ({
  kind: 'verify',
  release: first,
  cluster: clusterName(cluster),
});
const egressOf = (namespace: string, cluster = 'eu'): Job => ({
  kind: 'egress',
  namespace: namespaceName(namespace),
  cluster: clusterName(cluster),
});
const hookOf = (hook: string): Job => ({ kind: 'hook', release: first, hook });
const trigger: Job = { kind: 'trigger', delivery: deliveryId(second) };
const hour = 3_600_000;

const drained = async (queue: JobQueueHarness): Promise<readonly Job[]> => {
  const jobs: Job[] = [];
  await queue.drain((job) => {
    jobs.push(job);
    return Promise.resolve();
  });
  return jobs;
};

/** What every `JobQueue` promises, as seen by who runs its jobs. */
export function jobQueueContract(make: () => Promise<JobQueueHarness>): void {
  const start = fresh(make);

  it.each([
    reconcile,
    measureIn('eu'),
    applyIn('eu'),
    verifyIn('eu'),
    egressOf('shop'),
    hookOf('gate'),
    trigger,
  ])('runs a job of kind $kind once', async (job) => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(job));
    expect(await drained(queue)).toEqual([job]);
    expect(await drained(queue)).toEqual([]);
  });

  it('never runs a job of a transaction that was rejected', async () => {
    const queue = await start();
    const work = queue.uow.run(async (tx) => {
      await tx.jobs.enqueue(reconcile);
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    expect(await drained(queue)).toEqual([]);
  });

  it('keeps jobs of different namespaces and clusters apart, and those of the same together', async () => {
    const queue = await start();
    const jobs = [egressOf('shop'), egressOf('bank'), egressOf('shop', 'us')];
    await queue.uow.run(async (tx) => {
      for (const job of [...jobs, ...jobs]) await tx.jobs.enqueue(job);
    });
    const ran = await drained(queue);
    expect(ran).toHaveLength(3);
    expect(ran).toEqual(expect.arrayContaining(jobs));
  });

  it('keeps a job until it is due', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, hour)));
    expect(await drained(queue)).toEqual([]);
  });

  it('runs a job that was due in the past', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, -hour)));
    expect(await drained(queue)).toEqual([reconcile]);
  });

  it('makes one of two waiting jobs of the same kind and subject', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
    expect(await drained(queue)).toEqual([reconcile]);
  });

  it('replaces a waiting job by one that is due earlier', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, hour)));
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
    expect(await drained(queue)).toEqual([reconcile]);
    expect(await drained(queue)).toEqual([]);
  });

  it('keeps a waiting job when another comes that is due later', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile, after(tx.now, hour)));
    expect(await drained(queue)).toEqual([reconcile]);
  });

  it('tells kinds, releases and clusters apart', async () => {
    const queue = await start();
    const jobs: readonly Job[] = [
      reconcile,
      measureIn('eu'),
      measureIn('us'),
      verifyIn('eu'),
      verifyIn('us'),
      { kind: 'reconcile', release: second },
      applyIn('eu'),
      applyIn('us'),
      hookOf('gate'),
      hookOf('load'),
    ];
    await queue.uow.run(async (tx) => {
      for (const job of jobs) await tx.jobs.enqueue(job);
    });
    const ran = await drained(queue);
    expect(ran).toHaveLength(jobs.length);
    expect(ran).toEqual(expect.arrayContaining([...jobs]));
  });

  it('runs a job again that was queued while it was running, after that', async () => {
    const queue = await start();
    await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
    let running = 0;
    const seen: number[] = [];
    await queue.drain(async () => {
      running += 1;
      if (seen.length === 0) await queue.uow.run((tx) => tx.jobs.enqueue(reconcile));
      seen.push(running);
      running -= 1;
    });
    expect(seen).toEqual([1, 1]);
  });
}
