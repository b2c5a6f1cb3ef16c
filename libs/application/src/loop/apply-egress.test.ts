import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ownEntries } from '@spillway/domain-egress';
import { generation, namespaceName } from '@spillway/kernel';
import type { EgressRecord } from '../port/egress-store.js';
import { anEgressRecord, eu, us } from '../testing/contract/index.js';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import { applyEgress } from './apply-egress.js';
import { clusterChanged } from './cluster-changed.js';

const shop = namespaceName('shop');
const caller = aCaller('ada');
const { clusters, allow } = anEgressRecord();

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
});
afterEach(() => workshop.egressLinks.close());

const put = async (mode: EgressRecord['mode'], entries = allow): Promise<void> => {
  const policy = { namespace: shop, clusters, mode, allow: entries };
  const outcome = await workshop.useCases.putEgressPolicy(policy, caller);
  if (!outcome.ok) throw new Error(outcome.error.message);
};
const rollback = () => workshop.useCases.rollbackEgress({ namespace: shop, comment: '' }, caller);
const record = async (): Promise<EgressRecord> => {
  const found = await workshop.uow.run((tx) => tx.egress.get(shop));
  if (found === undefined) throw new Error('no policy');
  return found;
};
const sidecars = (cluster = eu) =>
  workshop.egressOf(cluster).objects.filter(({ kind }) => kind === 'Sidecar');

describe('an egress policy', () => {
  it('is written to every cluster and noted when it was read back', async () => {
    await put('enforce');
    await workshop.work();
    for (const cluster of [eu, us]) {
      expect(workshop.egressOf(cluster).written).toEqual([
        expect.stringMatching(/^apply ServiceEntry spillway-egress-api-stripe-com-/),
        'apply Sidecar spillway-egress',
      ]);
    }
    expect((await record()).rollouts).toEqual([
      { cluster: us, mode: 'enforce', applied: 1, appliedAt: expect.any(Number) },
      { cluster: eu, mode: 'enforce', applied: 1, appliedAt: expect.any(Number) },
    ]);
    expect(workshop.queue()).toEqual([]);
  });

  it('lets 150 ms pass between the allow-list and the Sidecar', async () => {
    const before = workshop.clock.now();
    await put('enforce', allow);
    await workshop.work();
    // Two clusters, one after the other: the only worker there is waits in both.
    expect(workshop.clock.now() - before).toBe(300);
  });

  it('costs nothing once it is applied', async () => {
    await put('enforce');
    await workshop.work();
    const { looks } = workshop.egressOf(eu);
    await workshop.pass(86_400_000);
    expect(workshop.egressOf(eu).looks).toBe(looks);
  });

  it('is opened everywhere by one command, and in a cluster that is away when it is back', async () => {
    await put('enforce');
    await workshop.work();
    workshop.egressOf(us).isDown = true;
    expect(await rollback()).toMatchObject({ ok: true, value: { mode: 'observe' } });
    await workshop.work();
    expect(sidecars(eu)).toEqual([]);
    expect(sidecars(us)).toHaveLength(1);
    expect((await record()).rollouts).toMatchObject([
      { cluster: us, applied: 1, because: 'connection refused' },
      { cluster: eu, applied: 2 },
    ]);
    workshop.takeAll();
    workshop.egressOf(us).isDown = false;
    const state = { kind: 'ready', since: workshop.clock.now() } as const;
    await clusterChanged(workshop.deps)({ cluster: us, kind: 'state', state });
    await workshop.work();
    expect(sidecars(us)).toEqual([]);
    expect((await record()).rollouts[0]).toMatchObject({ cluster: us, applied: 2 });
  });

  it('asks a cluster that is away every second while it is to be opened', async () => {
    await put('observe');
    workshop.egressOf(us).isDown = true;
    await workshop.work();
    expect(workshop.queue()).toEqual(['egress us in 1000 ms']);
    await workshop.pass(10_000);
    expect(workshop.log.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('says why the API server refuses it, and tries again later', async () => {
    workshop.egressOf(eu).answers.push({ kind: 'refused', reason: 'forbidden (403)' });
    await put('observe');
    await workshop.work();
    expect((await record()).rollouts[1]).toMatchObject({
      because: 'the API server refuses the write: forbidden (403)',
    });
    await workshop.pass(30_000);
    expect((await record()).rollouts[1]).toMatchObject({ applied: 1 });
  });

  it('looks again after a conflict', async () => {
    workshop.egressOf(eu).answers.push({ kind: 'conflict' });
    await put('observe');
    await workshop.work();
    expect((await record()).rollouts[1]).toMatchObject({ applied: 1 });
  });

  it('does not close what was opened while it waited', async () => {
    await put('enforce');
    const { deps } = workshop;
    const stop = async (): Promise<void> => {
      await rollback();
    };
    const first = { ...deps, pause: stop };
    await applyEgress(first)(shop, eu);
    expect(workshop.egressOf(eu).written).not.toContain('apply Sidecar spillway-egress');
    expect(sidecars()).toEqual([]);
  });

  it('leaves a cluster that it no longer names, and is forgotten there', async () => {
    await put('enforce');
    await workshop.work();
    const policy = { namespace: shop, clusters: [eu], mode: 'enforce', allow } as const;
    await workshop.useCases.putEgressPolicy(policy, caller);
    expect((await record()).rollouts).toHaveLength(2);
    await workshop.work();
    expect(workshop.egressOf(us).objects).toEqual([]);
    expect((await record()).rollouts).toEqual([expect.objectContaining({ cluster: eu })]);
  });

  it('heals what was changed by hand when the same is applied again', async () => {
    await put('enforce');
    await workshop.work();
    workshop.egressOf(eu).objects = [];
    const shown = await workshop.useCases.getEgressPolicy(shop, aCaller());
    expect(shown).toMatchObject({
      value: {
        places: [
          { drift: expect.arrayContaining(['Sidecar shop/spillway-egress is missing']) },
          { drift: [] },
        ],
      },
    });
    await put('enforce');
    await workshop.work();
    expect(ownEntries(shop, workshop.egressOf(eu))).toHaveLength(1);
    expect(sidecars()).toHaveLength(1);
    expect((await record()).generation).toBe(generation(1));
  });
});
