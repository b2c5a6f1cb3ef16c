import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitForRelease, type Release, type ReleaseEvent } from '@spillway/sdk';
import { MixedStage, type strategies, type Api } from './mixed-stage.js';

const services = Array.from({ length: 8 }, (_, index) => `service-${index}`);
const start = (service: number, strategy: keyof typeof strategies) => ({
  service: `shop/${services[service] ?? ''}`,
  candidate: 'v2',
  strategy,
});

/** Follows the release through the API until it is in the phase. */
async function phase({ client }: Api, id: string, wanted: Release['phase']): Promise<void> {
  for await (const release of client.releases.watch(id)) {
    if (release.phase === wanted) return;
    if (release.final) throw new Error(`it ended ${release.phase}: ${release.because}`);
  }
}

async function historyOf({ client }: Api, id: string): Promise<readonly ReleaseEvent[]> {
  const all: ReleaseEvent[] = [];
  for await (const event of client.releases.allEvents(id)) all.push(event);
  return all;
}

/** Succeeded, each step once and in order, and nobody took the other version's writes for drift. */
async function expectSoundEnd(api: Api, id: string): Promise<void> {
  const release = await waitForRelease(api.client, id, { timeoutMs: 40_000 });
  expect(release.phase).toBe('succeeded');
  const events = await historyOf(api, id);
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
  const steps = Array.from({ length: release.progress.steps }, (_, index) => index);
  for (const type of ['stepStarted', 'stepCompleted']) {
    const told = events.filter((event) => event.type === type);
    expect(told.map(({ step }) => step)).toEqual(steps);
  }
  expect(events.map(({ type }) => type)).not.toContain('driftFound');
}

describe('the previous version and this one over one database', () => {
  let stage: MixedStage;
  beforeAll(async () => {
    stage = await MixedStage.start();
  }, 1_200_000);
  afterAll(() => stage.stop());

  it('bring a release to its end together, forward and back, whoever began it', async () => {
    const oldApi = await stage.api('previous');
    const oldWorker = await stage.worker('previous');
    await stage.furnish(oldApi, services);
    const [inTheMiddle, running] = await Promise.all([
      oldApi.client.releases.start(start(0, 'waiting')),
      oldApi.client.releases.start(start(1, 'quick')),
    ]);
    await phase(oldApi, inTheMiddle.id, 'paused');

    // Forward: this version migrates while the other serves and works.
    const newApi = await stage.api('present');
    const newWorker = await stage.worker('present');
    const mixed = await Promise.all([
      oldApi.client.releases.start(start(2, 'quick')),
      newApi.client.releases.start(start(3, 'quick')),
      newApi.client.releases.start(start(4, 'waiting')),
    ]);
    const [byOld, byNew, waiting] = mixed;
    await newApi.client.releases.resume(inTheMiddle.id);
    await expectSoundEnd(newApi, running.id);
    await expectSoundEnd(oldApi, inTheMiddle.id);
    await expectSoundEnd(newApi, byOld.id);
    await expectSoundEnd(oldApi, byNew.id);

    await stage.killProcess(oldWorker);
    await phase(oldApi, waiting.id, 'paused');
    const alone = await oldApi.client.releases.start(start(5, 'quick'));
    await expectSoundEnd(oldApi, alone.id);

    // Back: the deployment is undone with releases of this version in its hands.
    const left = await newApi.client.releases.start(start(6, 'waiting'));
    await phase(newApi, left.id, 'paused');
    await stage.stopProcess(newWorker);
    await stage.worker('previous');
    await stage.stopProcess(newApi.process);
    await oldApi.client.releases.resume(waiting.id);
    await oldApi.client.releases.resume(left.id);
    await expectSoundEnd(oldApi, waiting.id);
    await expectSoundEnd(oldApi, left.id);

    // And forward again.
    await stage.worker('present');
    const again = await oldApi.client.releases.start(start(7, 'quick'));
    await expectSoundEnd(oldApi, again.id);
    expect(await stage.errors()).toEqual([]);
  }, 180_000);
});
