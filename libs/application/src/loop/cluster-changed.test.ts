import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aReleaseEvent } from '@spillway/domain-release/testing';
import { after, version } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aService, eu, us } from '../testing/index.js';
import { clusterChanged } from './cluster-changed.js';

const { host } = aService();
let workshop: Workshop;
let release: Release;
const become = (kind: 'ready' | 'connecting' | 'unreachable') => {
  const state = workshop.cluster(us).become(kind);
  return clusterChanged(workshop.deps)({ cluster: us, kind: 'state', state });
};

const abort = async () => {
  const command = { release: release.id, verb: 'abort', comment: '' } as const;
  await workshop.useCases.commandRelease(command, aCaller('bob'));
  await workshop.work();
};

/** The release has weight in both clusters when one of them is lost. */
beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  await workshop.work();
  await become('unreachable');
  await workshop.work();
});

describe('a cluster that is back', () => {
  const usRoutes = () => JSON.stringify(workshop.cluster(us).live?.virtualService?.spec);

  it('is written to at once', async () => {
    expect(usRoutes()).toContain('v2');
    await abort();
    expect(workshop.queue()).not.toContain('apply us in 0 ms');
    await become('ready');
    expect(workshop.queue()).toEqual(
      expect.arrayContaining(['apply us in 0 ms', 'reconcile in 0 ms']),
    );
    await workshop.work();
    expect(usRoutes()).not.toContain('v2');
  });

  it('is written to also for a release that ended while it was away', async () => {
    await abort();
    await abort();
    expect(await workshop.release(release.id)).toMatchObject({ phase: 'rolledBack' });
    expect(usRoutes()).toContain('v2');
    await become('ready');
    await workshop.pass(60_000);
    expect(JSON.stringify(workshop.cluster(us).live?.destinationRule?.spec)).not.toContain('v2');
    expect(await workshop.uow.run((tx) => tx.releases.unsettledIn(us))).toEqual([]);
  });

  it('is left alone by a release that succeeded, when it is no longer the service’s', async () => {
    await workshop.useCases.putService(aService({ clusters: [eu] }), aCaller('anna'));
    const { rollouts } = await workshop.release(release.id);
    await workshop.uow.run(async (tx) => {
      const running = await tx.releases.lock(release.id);
      if (running === undefined) throw new Error('it is there');
      const over = { ...running, phase: 'succeeded', revision: running.revision + 1 } as const;
      await tx.releases.save(over, [aReleaseEvent({ type: 'succeeded' })]);
    });
    workshop.cluster(eu).endpoints.set(version('v3'), 3);
    await workshop.useCases.putService(aService({ clusters: [eu] }), aCaller('anna'));
    await workshop.started({ candidate: version('v3') });
    await workshop.work();
    expect(rollouts).toHaveLength(2);
    const before = usRoutes();
    await become('ready');
    await workshop.pass(60_000);
    expect(usRoutes()).toBe(before);
    expect(await workshop.uow.run((tx) => tx.releases.unsettledIn(us))).toEqual([]);
  });

  it('is written to also when it is no longer the service’s, and a later release has none of it', async () => {
    await abort();
    await abort();
    await workshop.useCases.putService(aService({ clusters: [eu] }), aCaller('anna'));
    workshop.cluster(eu).endpoints.set(version('v3'), 3);
    await workshop.started({ candidate: version('v3') });
    await workshop.work();
    expect(usRoutes()).toContain('v2');
    await become('ready');
    await workshop.pass(60_000);
    expect(usRoutes()).not.toContain('v2');
    expect(usRoutes()).not.toContain('v3');
  });
});

it('a cluster that is lost wakes the running releases, and is written to in no way', async () => {
  const written = workshop.queue().filter((line) => line.startsWith('apply'));
  await become('unreachable');
  expect(workshop.queue()).toContain('reconcile in 0 ms');
  expect(workshop.queue().filter((line) => line.startsWith('apply'))).toEqual(written);
});

it('a cluster that is away for another reason wakes nobody, and the reason is kept', async () => {
  const tell = clusterChanged(workshop.deps);
  const away = { kind: 'unreachable', since: workshop.clock.now() } as const;
  const because = async (reason: string) => {
    await tell({ cluster: us, kind: 'state', state: { ...away, reason } });
    return workshop.queue().includes('reconcile in 0 ms');
  };
  expect(await because('no route')).toBe(true);
  await workshop.work();
  expect(await because('connection refused')).toBe(false);
  const record = await workshop.uow.run((tx) => tx.clusters.get(us));
  expect(record?.lastState).toEqual({ ...away, reason: 'connection refused' });
});

it('a link that was made anew wakes them, though it is ready as the one before', async () => {
  const tell = clusterChanged(workshop.deps);
  for (const passed of [0, 5]) {
    await workshop.work();
    const since = after(workshop.clock.now(), passed);
    await tell({ cluster: us, kind: 'state', state: { kind: 'ready', since } });
    expect(workshop.queue()).toContain('reconcile in 0 ms');
  }
});

it.each(['ready', 'connecting', 'unreachable'] as const)(
  'keeps and logs that a cluster is %s',
  async (kind) => {
    await become(kind);
    const record = await workshop.uow.run((tx) => tx.clusters.get(us));
    expect(record?.lastState).toEqual(workshop.cluster(us).state());
    expect(workshop.log).toContainEqual({ level: 'info', message: `cluster us is ${kind}` });
  },
);

describe('a change of a service', () => {
  const change = (changed: string) =>
    clusterChanged(workshop.deps)({
      cluster: eu,
      kind: 'service',
      namespace: 'shop',
      host: changed,
    });

  it('wakes the release that follows it', async () => {
    await change(host);
    expect(workshop.queue()).toContain('reconcile in 0 ms');
  });

  it('that nobody releases costs nothing', async () => {
    const before = workshop.queue();
    await change('cart.shop.svc.cluster.local');
    expect(workshop.queue()).toEqual(before);
  });

  it('that is released no more costs nothing', async () => {
    await abort();
    await abort();
    const before = workshop.queue();
    await change(host);
    expect(workshop.queue()).toEqual(before);
  });
});
