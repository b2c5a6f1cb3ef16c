import { beforeEach, describe, expect, it } from '@jest/globals';
import { renderVirtualService } from '@spillway/domain-istio';
import { aTraffic } from '@spillway/domain-istio/testing';
import type { Release } from '@spillway/domain-release';
import { clusterName, generation, version, type ReleaseId } from '@spillway/kernel';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';
import { apply } from './apply.js';
import { clusterChanged } from './cluster-changed.js';
import { reconcile } from './reconcile.js';

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;
const run = (id: ReleaseId = release.id, name = eu) => apply(workshop.deps)(id, name);
const abort = () =>
  workshop.useCases.commandRelease(
    { release: release.id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
const kinds = () =>
  cluster.asked.map((write) => (write.do === 'write' ? write.object.kind : write.do));
const typesOf = async (id: ReleaseId) => {
  const events = await workshop.uow.run((tx) => tx.releases.events(id, 0, 1_000));
  return events.map(({ event }) => event.type);
};

/** A release that has just told both clusters to define both versions; nothing is written yet. */
beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
  cluster = workshop.cluster(eu);
});

describe('writes', () => {
  it('subsets, waits until they have settled, then the route, and settles the cluster', async () => {
    expect(await workshop.uow.run((tx) => tx.releases.unsettledIn(eu))).toEqual([release.id]);
    const begun = workshop.clock.now();
    await run();
    expect(kinds()).toEqual(['DestinationRule', 'VirtualService']);
    expect(workshop.clock.now() - begun).toBe(150);
    expect(await workshop.uow.run((tx) => tx.releases.unsettledIn(eu))).toEqual([]);
    expect(workshop.queue()).toContain('reconcile in 0 ms');
  });

  it('nothing when everything is there', async () => {
    await run();
    cluster.asked.length = 0;
    await run();
    expect(kinds()).toEqual([]);
  });

  it('nothing of a release that is not the latest any more', async () => {
    await abort();
    await workshop.uow.run((tx) =>
      tx.services.advance(release.service, {
        generation: generation(2),
        latestRelease: 'another' as ReleaseId,
        stable: version('v1'),
      }),
    );
    await run();
    expect(kinds()).toEqual([]);
  });

  it.each([
    ['a release that does not exist', 'nobody' as ReleaseId, eu],
    ['a cluster that it is not in', undefined, clusterName('mars')],
  ])('nothing for %s, and queues nothing', async (_, id, name) => {
    const before = workshop.queue();
    await run(id ?? release.id, name);
    expect(workshop.queue()).toEqual(before);
  });

  it('what is wanted now, when an abort comes while it waits for the subsets to settle', async () => {
    await workshop.pass(2_000);
    cluster.put(renderVirtualService(aTraffic({ generation: generation(0) })), 'kubectl-edit');
    const { destinationRule: _, ...rest } = cluster.live ?? { foreign: [] };
    cluster.live = rest;
    await reconcile(workshop.deps)(release.id);
    const deps = {
      ...workshop.deps,
      pause: async (length: Parameters<typeof workshop.deps.pause>[0]) => {
        await abort();
        await workshop.deps.pause(length);
      },
    };
    cluster.asked.length = 0;
    await apply(deps)(release.id, eu);
    expect(kinds()).toEqual(['DestinationRule', 'VirtualService']);
    expect(JSON.stringify(cluster.asked[1])).not.toContain('"v2"');
  });
});

describe('tries again', () => {
  it.each([
    [
      'in a second, when nobody answered',
      { kind: 'unreachable', reason: 'time-out' },
      'apply eu in 1000 ms',
    ],
    [
      'in half a minute, when it was refused',
      { kind: 'refused', reason: 'quota' },
      'apply eu in 30000 ms',
    ],
  ] as const)('%s', async (_, answer, queued) => {
    workshop.takeAll();
    cluster.answers.push(answer);
    await run();
    expect(kinds()).toEqual(['DestinationRule']);
    expect(workshop.queue()).toContain(queued);
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: expect.stringContaining(answer.kind),
    });
  });

  it('in a moment and in the same job, when somebody else wrote first', async () => {
    cluster.answers.push({ kind: 'conflict' });
    await run();
    expect(kinds()).toEqual(['DestinationRule', 'DestinationRule', 'VirtualService']);
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('somebody else wrote first'),
    });
  });

  it('in the next job, when somebody else writes first again and again', async () => {
    workshop.takeAll();
    cluster.answers.push(...Array.from({ length: 6 }, () => ({ kind: 'conflict' }) as const));
    await run();
    expect(new Set(kinds())).toEqual(new Set(['DestinationRule']));
    expect(workshop.queue()).toContain('apply eu in 100 ms');
  });

  it('without asking, while the cluster is lost', async () => {
    workshop.takeAll();
    cluster.become('unreachable');
    await run();
    expect(kinds()).toEqual([]);
    expect(workshop.queue()).toContain('apply eu in 15000 ms');
  });

  it('with asking, while the cluster is lost and traffic has to be taken back', async () => {
    await workshop.pass(1_000);
    await abort();
    cluster.become('unreachable');
    cluster.asked.length = 0;
    await run();
    expect(kinds()).toEqual(['VirtualService']);
  });

  it('while the link is being made anew', async () => {
    workshop.takeAll();
    cluster.live = undefined;
    cluster.become('connecting');
    await run();
    expect(kinds()).toEqual([]);
    expect(workshop.queue()).toContain('apply eu in 15000 ms');
  });

  it('and never writes beside somebody else, whom it names', async () => {
    cluster.put(renderVirtualService(aTraffic()), 'kubectl-edit');
    const foreign = cluster.live?.virtualService;
    if (foreign === undefined) throw new Error('it was put');
    cluster.live = { foreign: [foreign] };
    await run();
    expect(kinds()).toEqual([]);
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: expect.stringContaining('kubectl-edit'),
    });
  });

  it('but seldom, once the release is over', async () => {
    await abort();
    const state = cluster.become('unreachable');
    await workshop.uow.run((tx) => tx.clusters.noteState(eu, state));
    await workshop.work();
    expect(await workshop.release(release.id)).toMatchObject({ phase: 'rollingBack' });
    expect(workshop.queue()).toContain('apply eu in 1000 ms');
    await abort();
    workshop.log.length = 0;
    await workshop.pass(50_000);
    expect(await workshop.release(release.id)).toMatchObject({ phase: 'rolledBack' });
    expect(workshop.queue()).toEqual([expect.stringMatching(/^apply eu in \d+ ms$/)]);
    expect(
      workshop.log.filter(({ message }) => message.includes('connection refused')),
    ).toHaveLength(1);
  });

  it('not for ever what somebody takes away as soon as it is written: people are told', async () => {
    workshop.takeAll();
    const write = cluster.apply.bind(cluster);
    cluster.apply = async (object, expected) => {
      const outcome = await write(object, expected);
      cluster.live = { foreign: [] };
      return outcome;
    };
    await run();
    expect(kinds()).toHaveLength(3);
    await workshop.pass(60_000);
    expect(kinds()).toHaveLength(3);
    expect(await workshop.release(release.id)).toMatchObject({
      phase: 'held',
      held: {
        reason: {
          kind: 'drift',
          detail: expect.stringContaining('is changed back as soon as it is written'),
        },
      },
    });
    await abort();
    await workshop.pass(1_000);
    expect(await workshop.release(release.id)).toMatchObject({ phase: 'rolledBack' });
  });
});

describe('a refused write', () => {
  it('is one event, however often it is refused in the same words', async () => {
    for (const reason of ['quota', 'quota', 'policy']) {
      cluster.answers.push({ kind: 'refused', reason });
      await run();
    }
    const types = await typesOf(release.id);
    expect(types.filter((type) => type === 'writeRefused')).toHaveLength(2);
    expect(await workshop.release(release.id)).toMatchObject({
      because: 'eu refused the routing: policy',
      rollouts: [{ cluster: 'eu', refused: 'policy' }, { cluster: 'us' }],
    });
  });

  it('holds the release, which goes on when the write is taken', async () => {
    cluster.answers.push({ kind: 'refused', reason: 'quota' });
    await workshop.work();
    expect(await workshop.release(release.id)).toMatchObject({
      phase: 'held',
      held: { reason: { kind: 'writeRefused' } },
    });
    await workshop.pass(31_000);
    expect(await workshop.release(release.id)).toMatchObject({ phase: 'progressing' });
  });

  it('is no event of a release that is over', async () => {
    await abort();
    await workshop.work();
    const before = await typesOf(release.id);
    cluster.live = { foreign: [] };
    cluster.answers.push({ kind: 'refused', reason: 'quota' });
    await run();
    expect(await typesOf(release.id)).toEqual(before);
  });
});

it('gives a candidate that lost its endpoints since the decision no weight until it has some', async () => {
  workshop = await aWorkshop({ maxUnavailableClusters: 1 });
  release = await workshop.started();
  const returning = workshop.cluster(us);
  returning.become('unreachable');
  await workshop.pass(1_000);
  expect((await workshop.release(release.id)).rollouts[1]).toMatchObject({
    cluster: 'us',
    desired: { weight: 1_000 },
  });
  returning.endpoints.set(version('v2'), 0);
  const state = returning.become('ready');
  await clusterChanged(workshop.deps)({ cluster: us, kind: 'state', state });
  await workshop.pass(5_000);
  expect(returning.live).toEqual({ foreign: [] });

  returning.endpoints.set(version('v2'), 1);
  await workshop.pass(5_000);
  expect(JSON.stringify(returning.live?.virtualService?.spec)).toContain('"weight":10');
});
