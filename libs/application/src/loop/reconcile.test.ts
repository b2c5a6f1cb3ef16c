import { describe, expect, it } from '@jest/globals';
import { renderVirtualService } from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import { basisPoints, duration, generation, version, type ReleaseId } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import type { Tx, UnitOfWork } from '../port/unit-of-work.js';
import { aWorkshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';
import { reconcile } from './reconcile.js';

const pause = { kind: 'pause', length: duration(4_000) } as const;
const half = { kind: 'setWeight', weight: basisPoints(5_000) } as const;
const service = aService();

describe('queues, in the transaction of the decision', () => {
  it('a write for every cluster whose routing is another one now, and a look a while later', async () => {
    const workshop = await aWorkshop();
    const { id } = await workshop.started();
    workshop.takeAll();
    await reconcile(workshop.deps)(id);
    expect(workshop.queue()).toEqual([
      'apply eu in 0 ms',
      'apply us in 0 ms',
      'reconcile in 12000 ms',
    ]);
  });

  it('a look at the moment at which a pause ends, when that is sooner', async () => {
    const workshop = await aWorkshop({ steps: [pause, half] });
    const { id } = await workshop.started();
    await workshop.work();
    const { paused } = await workshop.release(id);
    const left = (paused?.until ?? 0) - workshop.clock.now();
    expect(workshop.queue()).toEqual([`reconcile in ${left} ms`]);
    await workshop.pass(left + 1_000);
    expect(await workshop.release(id)).not.toMatchObject({ phase: 'paused' });
  });

  it('one measurement of the clusters with traffic, when their window is full', async () => {
    const workshop = await aWorkshop();
    await workshop.started();
    await workshop.work();
    const measurements = workshop.queue().filter((line) => line.startsWith('measure'));
    expect(measurements.map((line) => line.split(' ')[1])).toEqual(['eu']);
    for (const line of measurements)
      expect(Number(line.split(' ')[3])).toBeGreaterThanOrEqual(60_000);
  });

  it('nothing at all when the state cannot be stored', async () => {
    const workshop = await aWorkshop();
    const { id } = await workshop.started();
    workshop.takeAll();
    const unitOfWork: UnitOfWork = {
      read: (work) => workshop.uow.read(work),
      run: <T>(work: (tx: Tx) => Promise<T>) =>
        workshop.uow.run<T>(async (tx) => {
          await work(tx);
          throw new Error('connection lost');
        }),
    };
    await expect(reconcile({ ...workshop.deps, unitOfWork })(id)).rejects.toThrow(
      'connection lost',
    );
    expect(workshop.queue()).toEqual([]);
    expect(await workshop.release(id)).toMatchObject({ phase: 'pending', revision: 1 });
  });
});

describe('the end of a release', () => {
  it('makes the candidate the stable version, and counts on from its generation', async () => {
    const workshop = await aWorkshop({ steps: [] });
    const { id } = await workshop.started();
    await workshop.pass(2_000);
    const release = await workshop.release(id);
    expect(release.phase).toBe('succeeded');
    expect(await workshop.useCases.getService(service.service, aCaller())).toMatchObject({
      value: { stable: 'v2', generation: release.generation, latestRelease: id },
    });
  });

  it('keeps the stable version when the release was rolled back', async () => {
    const workshop = await aWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    await workshop.useCases.commandRelease(
      { release: id, verb: 'abort', comment: '' },
      aCaller('bob'),
    );
    await workshop.work();
    expect(await workshop.useCases.getService(service.service, aCaller())).toMatchObject({
      value: { stable: 'v1', generation: 3, latestRelease: id },
    });
  });

  it('stops watching endpoints, which a running release needs', async () => {
    const workshop = await aWorkshop({ steps: [pause] });
    await workshop.started();
    await workshop.work();
    expect([...workshop.cluster(eu).followed]).toEqual([service.host]);
    await workshop.pass(10_000);
    expect([...workshop.cluster(eu).followed, ...workshop.cluster(us).followed]).toEqual([]);
    expect(workshop.following.releaseOf(service.host)).toBeUndefined();
  });

  it('lets the next release count on, so that no generation comes twice', async () => {
    const workshop = await aWorkshop({ steps: [] });
    const first = await workshop.started();
    await workshop.pass(2_000);
    const last = (await workshop.release(first.id)).generation;
    const next = await workshop.started({ candidate: version('v3') });
    workshop.cluster(eu).endpoints.set(version('v3'), 1);
    expect(next).toMatchObject({ stable: 'v2', generation: last });
    await workshop.uow.jobs.step(async () => reconcile(workshop.deps)(next.id));
    expect(await workshop.release(next.id)).toMatchObject({ generation: last + 1 });
  });
});

describe('drift', () => {
  it('is noted with who made what of it, and healed', async () => {
    const workshop = await aWorkshop();
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    const { stable, candidate, generation: now } = await workshop.release(id);
    const edited = aTraffic({
      release: id,
      service,
      stable,
      candidate,
      generation: now,
      exposure: { weight: basisPoints(5_000) },
    });
    workshop.cluster(us).put(renderVirtualService(edited), 'kubectl-edit');
    workshop.cluster(us).asked.length = 0;
    await workshop.pass(13_000);

    const events = await workshop.uow.run((tx) => tx.releases.events(id, 0, 1_000));
    const drift = events.find(({ event }) => event.type === 'driftFound');
    expect(drift?.event.because).toBe(
      'the routing in us was changed: kubectl-edit (2026-01-05T10:00:00Z) made spec.http[0].route[0].weight 50 instead of 90',
    );
    expect(workshop.cluster(us).asked).toMatchObject([{ object: { kind: 'VirtualService' } }]);
    expect((await workshop.release(id)).rollouts[1]).toMatchObject({
      applied: { generation: now },
    });
  });

  it.each(['virtualService', 'destinationRule'] as const)(
    'is healed when the %s is gone',
    async (gone) => {
      const workshop = await aWorkshop();
      const { id } = await workshop.started();
      await workshop.pass(1_000);
      const cluster = workshop.cluster(eu);
      const { [gone]: _, ...rest } = cluster.live ?? { foreign: [] };
      cluster.live = rest;
      await workshop.pass(13_000);
      expect(cluster.live?.[gone]).toBeDefined();
      expect((await workshop.release(id)).rollouts[0]).toHaveProperty('applied');
    },
  );
});

it('does nothing for a release that is over or does not exist', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.useCases.commandRelease(
    { release: id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
  await workshop.work();
  const { revision } = await workshop.release(id);
  await reconcile(workshop.deps)(id);
  await reconcile(workshop.deps)('nobody' as ReleaseId);
  expect((await workshop.release(id)).revision).toBe(revision);
  expect(workshop.queue()).toEqual([]);
});

it('may be repeated at any moment without another effect', async () => {
  const workshop = await aWorkshop();
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  const before = await workshop.release(id);
  const queue = workshop.queue();
  await reconcile(workshop.deps)(id);
  await reconcile(workshop.deps)(id);
  expect(await workshop.release(id)).toEqual(before);
  expect(workshop.queue()).toEqual(queue);
  expect(before.generation).toBe(generation(2));
});
