import type { ClusterChange } from '@spillway/application';
import { routingName, type MeshService, type VirtualServiceSpec } from '@spillway/domain-istio';
import { clusterName, instant, serviceName, version } from '@spillway/kernel';
import { describe, expect, it } from '@jest/globals';
import {
  aDestinationRule,
  aVirtualService,
  clusterLinkContract,
  type ClusterHarness,
  type Stored,
} from '../testing/index.js';
import type { ObjectKey } from './api-server.js';
import { createSimulatedConnector } from './simulated-connector.js';
import type { SimulatedMesh } from './simulated-mesh.js';
import { SimulatedWorld } from './simulated-world.js';
import { VirtualClock } from '@spillway/application/testing';

const service: MeshService = {
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
};
const start = instant(1_700_000_000_000);

interface SimulatedHarness extends ClusterHarness {
  readonly mesh: SimulatedMesh;
  readonly time: VirtualClock;
}

function makeHarness(): SimulatedHarness {
  const time = new VirtualClock(start);
  const world = new SimulatedWorld({ clock: time, timers: time });
  const mesh = world.mesh(clusterName('eu'), 1);
  const changes: ClusterChange[] = [];
  const link = createSimulatedConnector(world).connect({
    cluster: mesh.cluster,
    connection: { kind: 'simulated', seed: 1 },
    onChange: (change) => changes.push(change),
  });
  const done = (work: () => void): Promise<void> => Promise.resolve(work());
  return {
    time,
    mesh,
    link,
    service,
    changes,
    setPods: (of, ready) => done(() => mesh.setVersion(service, of, { readyEndpoints: ready })),
    put: (object) => done(() => mesh.put(object)),
    take: (object) => done(() => mesh.remove(object)),
    read: (object) => Promise.resolve(storedIn(mesh, object)),
    editByHand: (change) =>
      done(() =>
        mesh.editByHand({ kind: 'VirtualService', ...routingName(service) }, (spec) =>
          change(spec as VirtualServiceSpec),
        ),
      ),
    goDown: () => done(() => mesh.down()),
    comeBack: () => done(() => mesh.up()),
    async eventually(condition) {
      for (let i = 0; i < 100 && !condition(); i += 1) await time.advance(10);
      expect(condition()).toBe(true);
    },
    dispose: () => link.close(),
  };
}

function storedIn(mesh: SimulatedMesh, key: ObjectKey): Stored | undefined {
  const found = mesh.apiServer.find(key);
  if (found === undefined) return undefined;
  const { labels, annotations, managers } = found.metadata;
  return { labels, annotations, spec: found.spec, managers: managers.map(({ name }) => name) };
}

async function makeReadyHarness(): Promise<SimulatedHarness> {
  const harness = makeHarness();
  await harness.eventually(() => harness.link.state().kind === 'ready');
  return harness;
}

describe('a link to a simulated cluster', () => {
  clusterLinkContract(() => Promise.resolve(makeHarness()));

  it('knows nothing before its first list', async () => {
    const { link, time } = makeHarness();
    expect(link.state().kind).toBe('connecting');
    expect(link.routing(service)).toBeUndefined();
    await time.advance(5);
    expect(link.routing(service)).toEqual({ foreign: [] });
  });

  it('still knows nothing when the cluster was down from the beginning', async () => {
    const { link, mesh, time } = makeHarness();
    mesh.down();
    await time.advance(5);
    expect(link.state().kind).toBe('unreachable');
    expect(link.routing(service)).toBeUndefined();
  });

  it('hands on why the API server refuses a write, once', async () => {
    const { link, mesh } = await makeReadyHarness();
    mesh.refuseNext('denied by policy');
    const object = aVirtualService(service, 10);
    expect(await link.apply(object, {})).toEqual({ kind: 'refused', reason: 'denied by policy' });
    expect(await link.apply(object, {})).toEqual({ kind: 'applied' });
  });

  it('says that nobody answered although the write has happened, and sees it by its watch', async () => {
    const { link, mesh, time } = await makeReadyHarness();
    mesh.loseNextAnswer();
    const outcome = await link.apply(aVirtualService(service, 10), {});
    expect(outcome).toMatchObject({ kind: 'unreachable' });
    expect(mesh.objects()).toHaveLength(1);
    expect(link.routing(service)?.virtualService).toBeUndefined();
    await time.advance(5);
    expect(link.routing(service)?.virtualService).toBeDefined();
  });

  it('gives up on a slow cluster after five seconds, and the write happens later', async () => {
    const { link, mesh, time } = await makeReadyHarness();
    mesh.slow(8_000);
    const outcome = link.apply(aVirtualService(service, 10), {});
    await time.advance(5_000);
    expect(await outcome).toEqual({ kind: 'unreachable', reason: 'no answer within 5000 ms' });
    expect(mesh.objects()).toHaveLength(0);
    await time.advance(3_000);
    expect(mesh.objects()).toHaveLength(1);
  });

  it('stops a write that was held up while somebody else wrote', async () => {
    const { link, mesh, time } = await makeReadyHarness();
    mesh.slow(100);
    const late = link.apply(aVirtualService(service, 10), {});
    await time.advance(50);
    mesh.slow(0);
    expect(await link.apply(aVirtualService(service, 0), {})).toEqual({ kind: 'applied' });
    await time.advance(100);
    expect(await late).toEqual({ kind: 'conflict' });
  });

  it('sees what somebody else did only after the delay of a watch, and while down not at all', async () => {
    const { link, mesh, time } = await makeReadyHarness();
    const foreign = {
      kind: 'VirtualService',
      namespace: 'shop',
      name: 'mine',
      spec: { hosts: ['catalog'] },
    } as const;
    mesh.put(foreign, 'jane');
    expect(link.routing(service)?.foreign).toEqual([]);
    await time.advance(5);
    expect(link.routing(service)?.foreign).toMatchObject([
      { metadata: { name: 'mine', managers: [{ name: 'jane' }] } },
    ]);
    mesh.down();
    mesh.remove(foreign);
    await time.advance(60_000);
    expect(link.routing(service)?.foreign).toHaveLength(1);
    mesh.up();
    await time.advance(5);
    expect(link.routing(service)?.foreign).toEqual([]);
  });

  it('leaves alone what others wrote beside its fields', async () => {
    const { link, mesh, time } = await makeReadyHarness();
    await link.apply(aDestinationRule(service, ['v1'], { note: 'old' }), {});
    const policy = { loadBalancer: { simple: 'ROUND_ROBIN' } };
    const key = { kind: 'DestinationRule', ...routingName(service) } as const;
    mesh.editByHand(key, (spec) => ({ ...(spec as object), trafficPolicy: policy }), 'jane');
    await time.advance(5);
    const resourceVersion =
      link.routing(service)?.destinationRule?.metadata.resourceVersion ?? 'none';
    await link.apply(aDestinationRule(service, ['v1', 'v2']), { resourceVersion });
    const rule = link.routing(service)?.destinationRule;
    expect(rule?.spec).toEqual({
      ...aDestinationRule(service, ['v1', 'v2']).spec,
      trafficPolicy: policy,
    });
    expect(rule?.metadata.annotations).toEqual({});
    expect(rule?.metadata.managers.map(({ name }) => name)).toEqual(['spillway', 'jane']);
  });

  it('makes no new version of an object that is applied unchanged', async () => {
    const { link } = await makeReadyHarness();
    await link.apply(aVirtualService(service, 10), {});
    const before = link.routing(service)?.virtualService?.metadata.resourceVersion ?? 'none';
    await link.apply(aVirtualService(service, 10), { resourceVersion: before });
    expect(link.routing(service)?.virtualService?.metadata.resourceVersion).toBe(before);
  });

  it('does not report endpoints that stayed as they were', async () => {
    const { link, mesh, time, changes } = await makeReadyHarness();
    mesh.setVersion(service, version('v1'), { readyEndpoints: 1 });
    link.follow(service);
    await time.advance(5);
    const told = changes.length;
    mesh.setVersion(service, version('v1'), { errorRate: 0.5 });
    await time.advance(5);
    expect(changes).toHaveLength(told);
  });
});
