import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { eu, putSurroundings, saveFirst, someRelease, us } from '@spillway/application/testing';
import type { Release } from '@spillway/domain-release';
import { basisPoints, generation, instant } from '@spillway/kernel';
import { freshPersistence, type FreshPersistence } from '../testing/fresh-persistence.js';
import { releaseStandingSql } from './standing-sql.js';

let persistence: FreshPersistence;
beforeEach(async () => {
  persistence = await freshPersistence();
});
afterEach(() => persistence.close());

async function standing(release: Partial<Release>): Promise<readonly string[]> {
  await persistence.unitOfWork.run(async (tx) => {
    await putSurroundings(tx);
    await saveFirst(tx, someRelease(release));
  });
  const rows = await persistence.sql(releaseStandingSql);
  return rows.map(({ name, label, value }) => `${String(name)} ${String(label)} ${String(value)}`);
}

const at = instant(Date.UTC(2026, 0, 5, 10));
const two = generation(2);

/** Nothing for the candidate: `eu` was seen so, `us` was not. */
const takenBack: Pick<Release, 'generation' | 'rollouts'> = {
  generation: two,
  rollouts: [
    {
      cluster: eu,
      wave: 0,
      desired: { generation: two, weight: basisPoints(0) },
      applied: { generation: two, at },
    },
    { cluster: us, wave: 0, desired: { generation: two, weight: basisPoints(0) } },
  ],
};

const clusters = ['clusterKnown eu 1', 'clusterKnown us 1'];

it('a cluster owes a rollback until it was seen without the candidate', async () => {
  const found = await standing({ phase: 'rollingBack', ...takenBack });
  expect(found).toEqual(
    expect.arrayContaining(['releases rollingBack 1', 'rollbacksOwed us 1', ...clusters]),
  );
  expect(found.filter((line) => line.startsWith('rollbacksOwed eu'))).toEqual([]);
});

it('a cluster of a wave that was taken back alone owes it, too', async () => {
  const found = await standing({
    phase: 'paused',
    paused: { from: 'progressing', since: at },
    ...takenBack,
  });
  expect(found).toContain('rollbacksOwed us 1');
});

it('a cluster that is to get more owes nothing, however long it takes', async () => {
  const more = takenBack.rollouts.map((rollout) => ({
    ...rollout,
    desired: { generation: two, weight: basisPoints(5_000) },
  }));
  const found = await standing({ phase: 'progressing', ...takenBack, rollouts: more });
  expect(found.filter((line) => line.startsWith('rollbacksOwed'))).toEqual([]);
});

it('held releases are counted by why', async () => {
  const reason = { kind: 'drift', cluster: us, detail: 'kubectl changed it' } as const;
  const found = await standing({
    phase: 'held',
    held: { from: 'progressing', reason, since: at },
    ...takenBack,
  });
  expect(found).toEqual(expect.arrayContaining(['releases held 1', 'releasesHeld drift 1']));
});
