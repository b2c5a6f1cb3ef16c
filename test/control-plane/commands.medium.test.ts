import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { waitForRelease, type Release } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { documents } from './documents.js';
import { expectSoundHistory } from './history.js';
import { readyStage, type Stage } from './stage.js';

let database: FreshDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const service = documents.service.name;
const document = { service, candidate: 'v2', strategy: 'waiting' } as const;

async function phase(id: string, wanted: Release['phase']): Promise<Release> {
  for await (const release of stage.client.releases.watch(id)) {
    if (release.phase === wanted) return release;
  }
  throw new Error(`release ${id} ended without being ${wanted}`);
}

async function abort(id: string): Promise<void> {
  await stage.client.releases.abort(id);
  await waitForRelease(stage.client, id);
}

describe('starting', () => {
  it('starts one release for one key, however often and at once it is asked', async () => {
    const idempotencyKey = randomUUID();
    const started = await Promise.all(
      Array.from({ length: 5 }, () => stage.client.releases.start(document, { idempotencyKey })),
    );
    const [first] = started;
    expect(new Set(started.map(({ id }) => id))).toEqual(new Set([first?.id]));
    const other = stage.client.releases.start({ ...document, candidate: 'v3' }, { idempotencyKey });
    await expect(other).rejects.toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_REUSED' });
    await abort(first?.id ?? '');
    expect((await stage.client.releases.start(document, { idempotencyKey })).id).toBe(first?.id);
  });

  it('gives exactly one of many at once the service, and names it to the others', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => stage.client.releases.start(document)),
    );
    const started = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = outcomes.flatMap((one) =>
      one.status === 'rejected' ? [one.reason as unknown] : [],
    );
    expect(started).toHaveLength(1);
    const id = started[0]?.id ?? '';
    for (const reason of refused) {
      expect(reason).toMatchObject({ status: 409, code: 'SERVICE_BUSY' });
      expect(String(reason)).toContain(id);
    }
    await abort(id);
  });
});

describe('commanding', () => {
  it('obeys exactly one of two that contradict each other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await stage.client.releases.start(document);
      await phase(id, 'paused');
      const [resumed, aborted] = await Promise.allSettled([
        stage.client.releases.resume(id),
        stage.client.releases.abort(id),
      ]);
      const release = await waitForRelease(stage.client, id);
      const types = await expectSoundHistory(stage.controlPlane, id);
      expect(resumed.status === 'fulfilled').toBe(types.includes('resumed'));
      expect(aborted.status === 'fulfilled').toBe(types.includes('rollbackStarted'));
      expect(release.phase).toBe(aborted.status === 'fulfilled' ? 'rolledBack' : 'succeeded');
      if (resumed.status === 'rejected') {
        expect(resumed.reason).toMatchObject({ status: 409, code: 'NOT_POSSIBLE_IN_PHASE' });
      }
      if (release.phase === 'succeeded') await giveBack();
    }
  });

  it('has the effect of a repeated command once, and says no to one that comes too late', async () => {
    const { id } = await stage.client.releases.start(document);
    await phase(id, 'paused');
    const idempotencyKey = randomUUID();
    const told = { comment: 'numbers look bad', idempotencyKey };
    await Promise.all([1, 2, 3].map(() => stage.client.releases.abort(id, told)));
    await waitForRelease(stage.client, id);
    const types = await expectSoundHistory(stage.controlPlane, id);
    expect(types.filter((type) => type === 'rollbackStarted')).toHaveLength(1);
    expect(await stage.client.releases.abort(id)).toMatchObject({ phase: 'rolledBack' });
    for (const verb of ['pause', 'resume', 'promote'] as const) {
      await expect(stage.client.releases[verb](id)).rejects.toMatchObject({
        status: 409,
        code: 'NOT_POSSIBLE_IN_PHASE',
        next: 'What can be done now: retry.',
      });
    }
  });

  /** Makes v1 the stable version again. */
  async function giveBack(): Promise<void> {
    const start = { service, candidate: 'v1', strategy: 'quick' };
    const { id } = await stage.client.releases.start(start);
    expect((await waitForRelease(stage.client, id)).phase).toBe('succeeded');
  }
});
