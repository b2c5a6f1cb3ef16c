import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { basisPoints, duration, strategyName, version, type ReleaseId } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService } from '../testing/index.js';

let workshop: Workshop;
let first: Release;
const [v3, v4] = [version('v3'), version('v4')];
const phase = async ({ id }: Release) => (await workshop.release(id)).phase;
const abort = (release: ReleaseId) =>
  workshop.useCases.commandRelease({ release, verb: 'abort', comment: '' }, aCaller('anna'));
const hour = 3_600_000;
const steps = [
  { kind: 'setWeight', weight: basisPoints(1_000) },
  { kind: 'bake', length: duration(120_000) },
] as const;

async function deployed(): Promise<Workshop> {
  const made = await aWorkshop({ steps });
  for (const cluster of made.clusters.values()) {
    for (const one of [v3, v4]) cluster.endpoints.set(one, 3);
  }
  return made;
}

/** v2 bakes at 10 % in both clusters. */
beforeEach(async () => {
  workshop = await deployed();
  first = await workshop.started();
  await workshop.pass(1_000);
});

describe('a new release of a service that is being released', () => {
  it('is refused, unless it or the service says otherwise', async () => {
    expect(await workshop.start({ candidate: v3 })).toMatchObject({
      error: { code: 'SERVICE_BUSY', field: 'service' },
    });
    await workshop.uow.run((tx) => tx.services.put(aService({ onBusy: 'queue' })));
    expect(await workshop.start({ candidate: v3 })).toMatchObject({ value: { phase: 'queued' } });
    expect(await workshop.start({ candidate: v4, onBusy: 'refuse' })).toMatchObject({
      error: { code: 'SERVICE_BUSY' },
    });
  });

  it('waits in the queue, first come first served, and begins with what is true then', async () => {
    const second = await workshop.started({ candidate: v3, onBusy: 'queue' });
    await workshop.pass(10);
    const third = await workshop.started({ candidate: v4, onBusy: 'queue' });
    expect([await phase(second), await phase(third)]).toEqual(['queued', 'queued']);
    await workshop.pass(hour);
    expect(await phase(first)).toBe('succeeded');
    expect(await workshop.release(second.id)).toMatchObject({ phase: 'succeeded', stable: 'v2' });
    expect(await workshop.release(third.id)).toMatchObject({ phase: 'succeeded', stable: 'v3' });
    const times = [second, third].map(async ({ id }) => (await workshop.release(id)).endedAt ?? 0);
    const [a = 0, b = 0] = await Promise.all(times);
    expect(a).toBeLessThan(b);
  });

  it('keeps others from passing it while its turn comes', async () => {
    const second = await workshop.started({ candidate: v3, onBusy: 'queue' });
    await abort(first.id);
    await workshop.uow.run(async (tx) => {
      expect((await tx.releases.queued(first.service)).map(({ id }) => id)).toEqual([second.id]);
    });
    await workshop.pass(0);
    expect(await workshop.start({ candidate: v4 })).toMatchObject({
      error: { code: 'SERVICE_BUSY' },
    });
  });

  it('is cancelled with the reason when it cannot begin any more, and lets the next one begin', async () => {
    const same = await workshop.started({ candidate: version('v2'), onBusy: 'queue' });
    await workshop.pass(10);
    const next = await workshop.started({ candidate: v3, onBusy: 'queue' });
    await workshop.pass(hour);
    expect(await workshop.release(same.id)).toMatchObject({
      phase: 'cancelled',
      because: expect.stringContaining('already serves v2'),
    });
    expect(await phase(next)).toBe('succeeded');
  });

  it('leaves the queue when it is aborted, and nothing is written for it', async () => {
    const second = await workshop.started({ candidate: v3, onBusy: 'queue' });
    expect(await abort(second.id)).toMatchObject({ value: { phase: 'cancelled' } });
    await workshop.pass(hour);
    expect(await phase(first)).toBe('succeeded');
    expect((await workshop.release(second.id)).rollouts).toEqual([]);
  });

  it('is refused at once for what no waiting would change', async () => {
    const strategy = strategyName('nothing');
    expect(await workshop.start({ candidate: v3, strategy, onBusy: 'queue' })).toMatchObject({
      error: { code: 'UNKNOWN_STRATEGY' },
    });
  });
});

describe('a release that supersedes', () => {
  it('has the running one taken back at once, and begins when that has ended', async () => {
    const next = await workshop.started({ candidate: v3, onBusy: 'supersede' });
    expect(next.phase).toBe('queued');
    expect(await workshop.release(first.id)).toMatchObject({
      phase: 'rollingBack',
      supersededBy: next.id,
      because: 'superseded by v3, which anna asked for',
      rollouts: [{ desired: { weight: 0 } }, { desired: { weight: 0 } }],
    });
    await workshop.pass(hour);
    expect(await phase(first)).toBe('superseded');
    expect(await workshop.release(next.id)).toMatchObject({ phase: 'succeeded', stable: 'v1' });
  });

  it('ends those that wait, too', async () => {
    const waiting = await workshop.started({ candidate: v3, onBusy: 'queue' });
    const next = await workshop.started({ candidate: v4, onBusy: 'supersede' });
    expect(await workshop.release(waiting.id)).toMatchObject({
      phase: 'superseded',
      supersededBy: next.id,
    });
    await workshop.pass(hour);
    expect(await phase(next)).toBe('succeeded');
  });

  it('begins at once where the other one has written nothing', async () => {
    workshop = await deployed();
    first = await workshop.started();
    const next = await workshop.started({ candidate: v3, onBusy: 'supersede' });
    expect([await phase(first), next.phase]).toEqual(['superseded', 'pending']);
  });

  it('waits for one that is on its way back already, which ends as what it was', async () => {
    await abort(first.id);
    const next = await workshop.started({ candidate: v3, onBusy: 'supersede' });
    await workshop.pass(hour);
    expect(await phase(first)).toBe('rolledBack');
    expect(await phase(next)).toBe('succeeded');
  });

  it('is not made, and supersedes nothing, when it is refused', async () => {
    expect(await workshop.start({ candidate: version('v1'), onBusy: 'supersede' })).toMatchObject({
      error: { code: 'SAME_VERSION' },
    });
    expect(await phase(first)).toBe('progressing');
  });
});
