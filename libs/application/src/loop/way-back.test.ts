import { beforeEach, describe, expect, it } from '@jest/globals';
import { aLiveObject } from '@spillway/domain-istio/testing';
import { releaseAnnotation, renderVirtualService, type IstioObject } from '@spillway/domain-istio';
import type { Release } from '@spillway/domain-release';
import { version } from '@spillway/kernel';
import type { ScriptedCluster } from '../testing/fake/scripted-cluster.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { eu, us } from '../testing/index.js';
import { apply } from './apply.js';
import { clusterChanged } from './cluster-changed.js';
import { desiredTraffic } from './desired-traffic.js';
import { reconcile } from './reconcile.js';
import { releaseChanged } from './release-changed.js';

let workshop: Workshop;
let release: Release;
let cluster: ScriptedCluster;
const route = () => JSON.stringify(cluster.live?.virtualService?.spec);
const abort = () =>
  workshop.useCases.commandRelease(
    { release: release.id, verb: 'abort', comment: '' },
    aCaller('bob'),
  );
const claim = async () => {
  const service = await workshop.uow.run((tx) => tx.services.get(release.service));
  const [rollout] = (await workshop.release(release.id)).rollouts;
  if (service === undefined || rollout === undefined) throw new Error('both exist');
  const { metadata, ...own } = renderVirtualService(desiredTraffic(release, rollout, service));
  const other: IstioObject = { ...own, metadata: { ...metadata, name: 'catalog', labels: {} } };
  cluster.live = { ...cluster.live, foreign: [aLiveObject(other)] };
};
const remove = (...kinds: readonly ('virtualService' | 'destinationRule')[]) => {
  const live = { ...cluster.live, foreign: cluster.live?.foreign ?? [] };
  for (const kind of kinds) delete live[kind];
  cluster.live = live;
};
const phase = async () => (await workshop.release(release.id)).phase;

beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  await workshop.uow.jobs.step(() => reconcile(workshop.deps)(release.id));
  cluster = workshop.cluster(eu);
});

describe('out of a canary', () => {
  beforeEach(async () => {
    await workshop.pass(1_000);
    expect(route()).toContain('v2');
  });

  it('is not given up against somebody who changes back every write', async () => {
    const theirs = cluster.live?.virtualService;
    if (theirs === undefined) throw new Error('it is there');
    const write = cluster.apply.bind(cluster);
    cluster.apply = async (object, expected) => {
      const outcome = await write(object, expected);
      if (object.kind === 'VirtualService') cluster.put(theirs, 'argocd');
      return outcome;
    };
    cluster.asked.length = 0;
    await abort();
    await workshop.pass(10_000);
    expect(await phase()).toBe('rollingBack');
    expect(cluster.asked.length).toBeGreaterThanOrEqual(20);
    expect(cluster.asked.length).toBeLessThanOrEqual(60);
    cluster.apply = write;
    await workshop.pass(1_000);
    expect(route()).not.toContain('v2');
    expect(await phase()).toBe('rolledBack');
  });

  it('leads beside whoever else claims the host', async () => {
    await claim();
    await abort();
    await workshop.pass(1_000);
    expect(route()).not.toContain('v2');
    expect(await phase()).toBe('rolledBack');
  });

  it('leads to stable also when nobody knows of a pod of it', async () => {
    cluster.endpoints.set(version('v1'), undefined);
    await abort();
    await workshop.pass(1_000);
    expect(route()).not.toContain('v2');
    expect(await phase()).toBe('rolledBack');
  });

  it('puts a route back that was taken away: without it the candidate gets a share', async () => {
    remove('virtualService');
    await abort();
    await workshop.pass(1_000);
    expect(route()).toContain('v1');
    expect(route()).not.toContain('v2');
    expect(await phase()).toBe('rolledBack');
  });

  it('puts a route back also where nobody but an earlier release had written', async () => {
    const { destinationRule } = cluster.live ?? {};
    if (destinationRule === undefined) throw new Error('it is there');
    const { metadata } = destinationRule;
    const annotations = { ...metadata.annotations, [releaseAnnotation]: 'an-earlier-one' };
    cluster.live = {
      destinationRule: { ...destinationRule, metadata: { ...metadata, annotations } },
      foreign: [],
    };
    await abort();
    await workshop.pass(1_000);
    expect(route()).toContain('v1');
    expect(route()).not.toContain('v2');
    expect(await phase()).toBe('rolledBack');
  });

  it('takes its subsets away half a minute after its route, and the watch with them', async () => {
    await abort();
    await workshop.pass(1_000);
    expect(workshop.queue()).toContainEqual(expect.stringMatching(/^apply eu in \d{5} ms$/));
    const rule = () => JSON.stringify(cluster.live?.destinationRule?.spec);
    await workshop.pass(28_000);
    expect(rule()).toContain('v2');
    await workshop.pass(2_000);
    expect(rule()).not.toContain('v2');
    expect([...cluster.followed]).toEqual([]);
    expect(workshop.queue().filter((line) => line.startsWith('apply'))).toEqual([]);
  });

  it('leads at once from a cluster that returns after the end, whose pods nobody watches', async () => {
    const become = async (kind: 'ready' | 'unreachable') => {
      const state = cluster.become(kind);
      await clusterChanged(workshop.deps)({ cluster: eu, kind: 'state', state });
      await workshop.work();
    };
    await become('unreachable');
    await abort();
    await workshop.work();
    await abort();
    await workshop.pass(1_000);
    expect(await phase()).toBe('rolledBack');
    expect(route()).toContain('v2');
    await releaseChanged(workshop.deps)(release.id);
    expect([...cluster.followed]).toEqual([]);
    cluster.endpoints.set(version('v1'), undefined);
    await become('ready');
    expect(route()).not.toContain('v2');
  });

  it('keeps the watch that the next release has begun', async () => {
    await abort();
    await workshop.pass(1_000);
    cluster.endpoints.set(version('v1'), 0);
    const next = await workshop.started({ candidate: version('v3') });
    let isLetGo = false;
    cluster.unfollow = () => (isLetGo = true);
    await workshop.pass(31_000);
    expect(isLetGo).toBe(false);
    expect(await workshop.release(next.id)).toMatchObject({
      phase: 'held',
      held: { from: 'pending', reason: { kind: 'noReadyEndpoints' } },
    });
    expect(JSON.stringify(cluster.live?.destinationRule?.spec)).not.toContain('v2');
  });
});

describe('out of a preparation', () => {
  it('writes nothing where nothing was written', async () => {
    await abort();
    await workshop.pass(60_000);
    expect(await phase()).toBe('rolledBack');
    expect([...cluster.asked, ...workshop.cluster(us).asked]).toEqual([]);
  });

  it('is not stopped by who took the host meanwhile', async () => {
    await claim();
    await abort();
    await workshop.pass(1_000);
    expect(await phase()).toBe('rolledBack');
    expect(cluster.asked).toEqual([]);
  });
});

describe('a release that gives traffic', () => {
  it('writes no first route before stable is known to have pods', async () => {
    cluster.endpoints.set(version('v1'), undefined);
    await apply(workshop.deps)(release.id, eu);
    expect(cluster.asked).toEqual([]);
    expect(workshop.log).toContainEqual({
      level: 'warn',
      message: 'did not write: v1 is not known to have ready endpoints',
    });
    cluster.endpoints.set(version('v1'), 1);
    await workshop.pass(1_000);
    expect(route()).toContain('v1');
  });

  it('gives the candidate no weight back that somebody took, while it may have no pods', async () => {
    await workshop.pass(1_000);
    remove('virtualService');
    cluster.endpoints.set(version('v2'), undefined);
    await workshop.pass(12_000);
    expect(route()).toBeUndefined();
    expect(await phase()).toBe('progressing');
    cluster.endpoints.set(version('v2'), 1);
    await workshop.pass(2_000);
    expect(route()).toContain('"weight":10');
  });

  it('is written again a second later when a write was undone before anybody saw it', async () => {
    await apply(workshop.deps)(release.id, eu);
    expect(route()).toBeDefined();
    remove('virtualService', 'destinationRule');
    workshop.takeAll();
    await reconcile(workshop.deps)(release.id);
    expect(workshop.queue()).toEqual(expect.arrayContaining(['apply eu in 1000 ms']));
    await workshop.pass(2_000);
    expect(route()).toContain('v1');
  });
});
