import type { ReleaseId } from '@spillway/kernel';
import type { Job } from '../port/job-queue.js';
import type { UnitOfWork } from '../port/unit-of-work.js';

/** A job that is being queued cannot be queued by others: an abort waits for at most so many. */
const atOnce = 50;

/**
 * Queues the jobs, a few in each transaction. Give them in an order that all who
 * queue many keep, or they wait for each other in a circle. What is left out when
 * the database goes away meanwhile is found by each release's next wake-up.
 */
export async function wake(unitOfWork: UnitOfWork, jobs: readonly Job[]): Promise<void> {
  for (let from = 0; from < jobs.length; from += atOnce) {
    await unitOfWork.run(async (tx) => {
      for (const job of jobs.slice(from, from + atOnce)) await tx.jobs.enqueue(job);
    });
  }
}

/** A look at each of them, in the order of their ids. */
export const looksAt = (releases: readonly ReleaseId[]): readonly Job[] =>
  releases.toSorted().map((release) => ({ kind: 'reconcile', release }));
