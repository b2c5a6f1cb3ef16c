import { beforeEach, describe, expect, it } from '@jest/globals';
import { clusterName } from '@spillway/kernel';
import { clusterChanged } from '../loop/cluster-changed.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { aCluster, eu } from '../testing/index.js';

const caller = aCaller('anna');
const ap = clusterName('ap');
const mars = clusterName('mars');
let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
});

it('tells whoever connects that a cluster was put, once it is stored', async () => {
  expect(await workshop.useCases.putCluster(aCluster({ name: ap }), caller)).toMatchObject({
    value: { name: ap },
  });
  expect(workshop.put).toEqual([ap]);
});

describe('shows', () => {
  it('that nobody has connected a cluster yet', async () => {
    expect(await workshop.useCases.getCluster(eu, aCaller())).toMatchObject({
      value: { state: 'notConnected' },
    });
  });

  it('what a worker saw last, where this process has no link', async () => {
    const state = workshop.cluster(eu).become('unreachable');
    await clusterChanged(workshop.deps)({ cluster: eu, kind: 'state', state });
    expect(await workshop.useCases.getCluster(eu, aCaller())).toMatchObject({
      value: { state: 'unreachable', reason: 'connection refused', since: workshop.clock.now() },
    });
  });

  it('what this process sees, where it has a link', async () => {
    await workshop.started();
    await workshop.work();
    workshop.cluster(eu).become('connecting');
    expect(await workshop.useCases.getCluster(eu, aCaller())).toMatchObject({
      value: { state: 'connecting' },
    });
    expect(await workshop.useCases.listClusters({ limit: 10 }, aCaller())).toMatchObject({
      value: {
        items: [
          { record: { name: 'eu' }, state: 'connecting' },
          { record: { name: 'us' }, state: 'ready' },
        ],
      },
    });
  });
});

describe('removes', () => {
  it('a cluster that no service is in, and lets go of its link', async () => {
    await workshop.useCases.putCluster(aCluster({ name: ap }), caller);
    expect(await workshop.useCases.removeCluster(ap, caller)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(await workshop.useCases.getCluster(ap, aCaller())).toMatchObject({
      error: { code: 'UNKNOWN_CLUSTER' },
    });
  });

  it('no cluster that a service is in, and keeps its link', async () => {
    await workshop.started();
    await workshop.work();
    expect(await workshop.useCases.removeCluster(eu, caller)).toMatchObject({
      error: { code: 'CLUSTER_IN_USE', message: 'Cluster "eu" has 1 service.' },
    });
    expect(workshop.cluster(eu).isClosed).toBe(false);
  });

  it('no cluster that does not exist', async () => {
    expect(await workshop.useCases.removeCluster(mars, caller)).toMatchObject({
      error: { code: 'UNKNOWN_CLUSTER' },
    });
  });
});

describe('probes', () => {
  it('through a link of its own, which it closes, where this process has none', async () => {
    expect(await workshop.useCases.probeCluster(eu, aCaller())).toMatchObject({
      ok: true,
      value: [{ kind: 'ok' }],
    });
    expect(workshop.links.find(eu)).toBeUndefined();
  });

  it('through the link that is there, which it leaves open', async () => {
    await workshop.started();
    await workshop.work();
    expect(await workshop.useCases.probeCluster(eu, aCaller())).toMatchObject({ ok: true });
    expect(workshop.cluster(eu).isClosed).toBe(false);
  });

  it('no cluster that does not exist', async () => {
    expect(await workshop.useCases.probeCluster(mars, aCaller())).toMatchObject({
      error: { code: 'UNKNOWN_CLUSTER' },
    });
  });
});
