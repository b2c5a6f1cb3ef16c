import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/sdk';
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
const comment = 'looked at by hand';
const start = (candidate: string, more: { onBusy?: 'queue' | 'supersede' } = {}) =>
  stage.client.releases.start({ service, candidate, strategy: 'waiting', ...more });

async function until(id: string, isThere: (release: Release) => boolean): Promise<Release> {
  for await (const release of stage.client.releases.watch(id)) {
    if (isThere(release)) return release;
  }
  throw new Error(`release ${id} ended before`);
}

const isPaused = ({ phase }: Release) => phase === 'paused';
const weights = ({ rollouts }: Release) => rollouts.map(({ weight }) => weight);
/** The version that is not stable now. */
const other = async () =>
  (await stage.client.services.get(service)).stable === 'v1' ? 'v2' : 'v1';

describe('a running release', () => {
  it('is sent back, ahead, to another strategy and to its end', async () => {
    const { releases } = stage.client;
    const { id } = await start(await other());
    expect(weights(await until(id, isPaused))).toEqual([30, 30]);
    expect(await releases.restart(id)).toMatchObject({ phase: 'progressing' });
    await until(id, isPaused);

    const changed = await releases.changeStrategy(id, 'steady', { comment });
    expect(changed).toMatchObject({ strategy: { name: 'steady' }, phase: 'paused' });
    expect(weights(changed)).toEqual([30, 30]);
    await releases.resume(id);

    const ahead = await releases.jumpToStep(id, 7, { comment });
    expect(ahead.progress.skipTo ?? ahead.progress.stepIndex).toBe(7);
    const release = await releases.waitFor(id);
    expect(release.phase).toBe('succeeded');
    const types = await expectSoundHistory(stage.controlPlane, id);
    expect(types).toEqual(
      expect.arrayContaining(['wentBack', 'strategyChanged', 'wentAhead', 'stepSkipped']),
    );
  });

  it('is promoted fully, undone, aborted and tried again', async () => {
    const { releases } = stage.client;
    const before = (await stage.client.services.get(service)).stable;
    const { id } = await start(await other());
    await until(id, isPaused);
    await releases.promoteFull(id, { comment });
    await releases.waitFor(id);

    const undone = await releases.undo(id, { comment });
    expect(undone).toMatchObject({ candidate: before, follows: { verb: 'undo', release: id } });
    expect((await releases.undo(id)).id).toBe(undone.id);
    await until(undone.id, isPaused);
    await releases.abort(undone.id);
    await releases.abort(undone.id);
    expect((await releases.waitFor(undone.id)).phase).toBe('rolledBack');

    const again = await releases.retry(undone.id, { strategy: 'quick' });
    expect((await releases.waitFor(again.id)).phase).toBe('succeeded');
    expect((await stage.client.services.get(service)).stable).toBe(before);
  });
});

describe('releases of a busy service', () => {
  it('wait for their turn, and give way to one that supersedes them', async () => {
    const { releases } = stage.client;
    const candidate = await other();
    const first = await start(candidate);
    await until(first.id, isPaused);
    const second = await start(candidate, { onBusy: 'queue' });
    const third = await start(candidate, { onBusy: 'queue' });
    expect([second.phase, third.phase]).toEqual(['queued', 'queued']);
    await releases.abort(first.id);
    await until(second.id, isPaused);
    expect((await releases.get(third.id)).phase).toBe('queued');

    const last = await start(candidate, { onBusy: 'supersede' });
    for (const { id } of [second, third]) {
      expect(await releases.waitFor(id)).toMatchObject({
        phase: 'superseded',
        supersededBy: last.id,
      });
      await expectSoundHistory(stage.controlPlane, id);
    }
    await until(last.id, isPaused);
    await releases.abort(last.id);
    expect((await releases.waitFor(last.id)).phase).toBe('rolledBack');
  });

  it('run one at a time, however many come at once', async () => {
    const candidate = await other();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) =>
        start(candidate, { onBusy: i % 2 === 0 ? 'queue' : 'supersede' }),
      ),
    );
    const ids = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) await stage.client.releases.abort(id);
    for (const id of ids) {
      const { phase } = await stage.client.releases.waitFor(id);
      expect(['cancelled', 'rolledBack', 'superseded']).toContain(phase);
    }
  });
});
