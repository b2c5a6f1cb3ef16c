import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  eventHash,
  noHash,
  putSurroundings,
  saveFirst,
  saveNext,
  someRelease,
} from '@spillway/application/testing';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { aMoment, aReleaseEvent } from '@spillway/domain-release/testing';
import { after, generation, version } from '@spillway/kernel';
import { freshPersistence, type FreshPersistence } from '../testing/fresh-persistence.js';

let persistence: FreshPersistence;
let release: Release;
beforeEach(async () => {
  persistence = await freshPersistence();
  release = await persistence.unitOfWork.run(async (tx) => {
    await putSurroundings(tx);
    return saveFirst(tx, someRelease());
  });
});
afterEach(() => persistence.close());

async function tell(...events: readonly ReleaseEvent[]): Promise<void> {
  for (const event of events) {
    release = await persistence.unitOfWork.run((tx) => saveNext(tx, release, {}, event));
  }
}

describe('stored events', () => {
  it.each([
    `update events set hash = 'x'`,
    'delete from events',
    'truncate events',
    'update events set sequence = 7 where false',
  ])('refuse "%s", whoever asks', async (sql) => {
    await expect(persistence.sql(sql)).rejects.toThrow('events are append-only');
    expect(await persistence.sql('select sequence from events')).toEqual([{ sequence: 1 }]);
  });

  it('can be verified from the rows alone, up to the head that the release remembers', async () => {
    await tell(aReleaseEvent({ type: 'paused' }), aReleaseEvent({ type: 'resumed' }));
    const rows = (await persistence.sql(
      'select event, hash from events order by sequence',
    )) as readonly { event: ReleaseEvent; hash: string }[];
    let head = noHash;
    for (const { event, hash } of rows) {
      head = eventHash(head, event);
      expect(hash).toBe(head);
    }
    expect(rows).toHaveLength(3);
    expect(await persistence.sql('select head_hash from releases')).toEqual([{ head_hash: head }]);
  });
});

describe('stored steps', () => {
  const at = (seconds: number) => after(aMoment, seconds * 1_000);
  const time = (seconds: number) => new Date(at(seconds));
  const steps = () =>
    persistence.sql('select index, started_at, finished_at, outcome from steps order by index');

  it('show when each began, ended and how', async () => {
    await tell(
      aReleaseEvent({ type: 'stepStarted', index: 0 }, { at: at(1) }),
      aReleaseEvent({ type: 'stepCompleted', index: 0 }, { at: at(2) }),
      aReleaseEvent({ type: 'stepStarted', index: 1 }, { at: at(3) }),
    );
    expect(await steps()).toEqual([
      { index: 0, started_at: time(1), finished_at: time(2), outcome: 'completed' },
      { index: 1, started_at: time(3), finished_at: null, outcome: null },
    ]);
  });

  it('show the one that a rollback interrupted', async () => {
    const traffic = { generation: generation(1), clusters: [] };
    await tell(
      aReleaseEvent({ type: 'stepStarted', index: 0 }, { at: at(1) }),
      aReleaseEvent({ type: 'rollbackStarted', traffic }, { at: at(2) }),
    );
    expect(await steps()).toEqual([
      { index: 0, started_at: time(1), finished_at: time(2), outcome: 'interrupted' },
    ]);
  });
});

describe('a transaction that is rejected', () => {
  it('leaves neither state nor event nor job behind', async () => {
    const failure = new Error('second thoughts');
    const work = persistence.unitOfWork.run(async (tx) => {
      await saveNext(tx, release, { candidate: version('v9') });
      await tx.jobs.enqueue({ kind: 'reconcile', release: release.id }, tx.now);
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(
      await persistence.sql(`
        select (select candidate from releases) as candidate,
          (select count(*)::int from events) as events,
          (select count(*)::int from graphile_worker.jobs) as jobs`),
    ).toEqual([{ candidate: 'v2', events: 1, jobs: 0 }]);
  });

  it('left a job behind when it was not rejected', async () => {
    await persistence.unitOfWork.run((tx) =>
      tx.jobs.enqueue({ kind: 'reconcile', release: release.id }, tx.now),
    );
    expect(await persistence.sql('select count(*)::int as n from graphile_worker.jobs')).toEqual([
      { n: 1 },
    ]);
  });
});
