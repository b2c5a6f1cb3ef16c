import { expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { releaseId } from '@spillway/kernel';
import type { Job } from '../port/job-queue.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { createInMemoryUnitOfWork } from '../testing/fake/in-memory-unit-of-work.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { looksAt, wake } from './wake.js';

/** A unit of work and what each of its transactions queued. */
function watched() {
  const transactions: Job[][] = [];
  const uow = createInMemoryUnitOfWork({ clock: new VirtualClock(aMoment) });
  const unitOfWork: UnitOfWork = {
    read: (work) => uow.read(work),
    run: (work) =>
      uow.run((tx) => {
        const queued: Job[] = [];
        transactions.push(queued);
        const enqueue = (job: Job) => (queued.push(job), tx.jobs.enqueue(job));
        return work({ ...tx, jobs: { enqueue } });
      }),
  };
  return { unitOfWork, transactions };
}

const ids = Array.from({ length: 120 }, (_, n) => releaseId(String(n).padStart(3, '0')));

it('queues at most fifty jobs in a transaction, in their order', async () => {
  const { unitOfWork, transactions } = watched();
  await wake(unitOfWork, looksAt(ids));
  expect(transactions.map(({ length }) => length)).toEqual([50, 50, 20]);
  expect(transactions.flat().map((job) => 'release' in job && job.release)).toEqual(ids);
});

it('begins no transaction for nothing', async () => {
  const { unitOfWork, transactions } = watched();
  await wake(unitOfWork, []);
  expect(transactions).toEqual([]);
});

it('looks at releases in the order of their ids, whatever the order in which they were found', () => {
  expect(looksAt(ids.toReversed())).toEqual(looksAt(ids));
});
