import { expect, it } from '@jest/globals';
import type { Job, Occurrence } from '@spillway/application';
import { clusterName, releaseId } from '@spillway/kernel';
import type { Entry } from './enqueue.js';
import { performer } from './perform.js';
import type { WorkerSession } from './worker-session.js';

const job: Job = { kind: 'reconcile', release: releaseId('one') };
/** Every 5 ms for a tenth of a second, and once at its end. */
const asks = 21;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A subject that another worker is busy with so many times. */
async function ran(entry: Entry, lateMs: number, busyTimes: number) {
  const noted: Occurrence[] = [];
  const back: Entry[] = [];
  let busy = busyTimes;
  const session = {
    take: () => Promise.resolve((busy -= 1) < 0),
    release: () => Promise.resolve(),
  } as unknown as WorkerSession;
  const perform = performer({
    session,
    logger: silent,
    meter: { note: (one) => void noted.push(one) },
    handle: () => Promise.resolve(),
    putBack: (one) => Promise.resolve(void back.push(one)),
  });
  await perform(entry, lateMs);
  for (let next = back.shift(); next !== undefined; next = back.shift()) await perform(next, 0);
  return noted;
}

it('a job that finds its subject busy is as late as if it had waited in the queue', async () => {
  const noted = await ran({ job, attempt: 0 }, 300, asks + 2);
  expect(noted).toMatchObject([
    { outcome: 'busy', lateMs: 300 },
    { outcome: 'busy', lateMs: 450 },
    { outcome: 'busy', lateMs: 563 },
    { outcome: 'done', lateMs: 704 },
  ]);
});

it('a job whose subject is busy for long is put back for longer, half a second at most', async () => {
  const noted = await ran({ job, attempt: 0 }, 0, asks + 100);
  const late = noted.map((one) => ('lateMs' in one ? one.lateMs : Number.NaN));
  expect(late.slice(0, 5)).toEqual([0, 150, 200, 250, 313]);
  expect((late.at(-1) ?? 0) - (late.at(-2) ?? 0)).toBe(500);
});

it('a job whose subject is free a moment later does not go back into the queue', async () => {
  const noted = await ran({ job, attempt: 0 }, 300, asks - 1);
  expect(noted).toMatchObject([{ outcome: 'done', lateMs: 300 }]);
});

it('a write waits longer in its slot for the one before it, and goes back all the same', async () => {
  const write: Job = { kind: 'apply', release: releaseId('one'), cluster: clusterName('eu') };
  expect(await ran({ job: write, attempt: 0 }, 0, asks + 24)).toMatchObject([{ outcome: 'done' }]);
  expect(await ran({ job: write, attempt: 0 }, 0, asks + 25)).toMatchObject([
    { outcome: 'busy', lateMs: 0 },
    { outcome: 'done', lateMs: 650 },
  ]);
});
