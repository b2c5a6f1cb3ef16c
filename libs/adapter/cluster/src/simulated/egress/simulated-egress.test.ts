import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@spillway/application/testing';
import { clusterName, duration, instant, namespaceName } from '@spillway/kernel';
import { egressLinkContract } from '../../testing/egress-link-contract.js';
import { SimulatedWorld } from '../simulated-world.js';
import {
  createSimulatedEgressConnector,
  createSimulatedEgressMetrics,
} from './simulated-egress-link.js';

const aWorld = () => {
  const time = new VirtualClock(instant(1_700_000_000_000));
  const world = new SimulatedWorld({ clock: time, timers: time });
  return { time, world, mesh: world.mesh(clusterName('eu'), 1) };
};

egressLinkContract(() => {
  const { time, world, mesh } = aWorld();
  const done = (work: () => void): Promise<void> => Promise.resolve(work());
  const link = createSimulatedEgressConnector(world).connect({
    name: mesh.cluster,
    labels: {},
    connection: { kind: 'simulated', seed: 1 },
    metrics: { kind: 'simulated' },
    createdAt: time.now(),
    updatedAt: time.now(),
  });
  return Promise.resolve({
    link,
    namespace: 'shop',
    put: (object) => done(() => mesh.egress.put(object)),
    remove: (place) => done(() => mesh.egress.remove(place)),
    goDown: () => done(() => mesh.down()),
    dispose: () => link.close(),
  });
});

describe('what leaves a simulated cluster', () => {
  const question = (at: number) => ({
    namespace: namespaceName('shop'),
    hosts: [],
    at: instant(at),
    window: duration(60_000),
  });
  const call = { namespace: 'shop', workload: 'catalog', protocol: 'http', requests: 3 } as const;

  it('is what no ServiceEntry names, in the window', async () => {
    const { time, mesh } = aWorld();
    const metrics = createSimulatedEgressMetrics(mesh);
    expect(await metrics.ask(question(time.now()))).toMatchObject({ kind: 'noData' });
    mesh.egress.put({
      kind: 'ServiceEntry',
      namespace: 'shop',
      name: 'stripe',
      spec: { hosts: ['api.stripe.com'] },
    });
    mesh.egress.call({ ...call, host: 'api.stripe.com' });
    mesh.egress.call({ ...call, host: 'feeds.example.com' });
    expect(await metrics.ask(question(time.now()))).toMatchObject({
      kind: 'measured',
      requests: 6,
      seen: [{ host: 'feeds.example.com', requests: 3, isBlocked: false }],
    });
    mesh.metricsDown();
    expect(await metrics.ask(question(time.now()))).toMatchObject({ kind: 'error' });
  });
});
