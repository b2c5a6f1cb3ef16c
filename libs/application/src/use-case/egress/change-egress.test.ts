import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SeenEgress } from '@spillway/domain-egress';
import { clusterName, instant, namespaceName } from '@spillway/kernel';
import { anEgressRecord, eu, us } from '../../testing/contract/index.js';
import { aCaller } from '../../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../../testing/fake/workshop.js';
import type { Caller } from '../../access/caller.js';
import type { EnforceEgress } from '../use-cases.js';

const shop = namespaceName('shop');
const { allow, clusters } = anEgressRecord();
const policy = { namespace: shop, clusters, mode: 'observe', allow } as const;
const ada = aCaller('ada');

const feeds: SeenEgress = {
  workload: 'catalog',
  host: 'feeds.example.com',
  port: 80,
  protocol: 'http',
  requests: 12,
  isBlocked: false,
};

let workshop: Workshop;
beforeEach(async () => {
  workshop = await aWorkshop();
  await workshop.useCases.putEgressPolicy(policy, ada);
  await workshop.work();
});

const see = (...seen: readonly SeenEgress[]): void => {
  workshop.egressOf(eu).answer = { kind: 'measured', requests: 100, seen };
};
const enforce = (more: Partial<EnforceEgress> = {}, caller: Partial<Caller> = {}) =>
  workshop.useCases.enforceEgress({ namespace: shop, ...more }, aCaller('ada', caller));

describe('enforcing', () => {
  it('is done when nothing that was seen would be blocked', async () => {
    see({ ...feeds, host: 'api.stripe.com', port: 443 });
    expect(await enforce()).toMatchObject({ ok: true, value: { mode: 'enforce', generation: 2 } });
    await workshop.work();
    expect(workshop.egressOf(us).written).toContain('apply Sidecar spillway-egress');
  });

  it('is refused with what would be blocked, and queues nothing', async () => {
    see(feeds);
    expect(await enforce()).toMatchObject({
      ok: false,
      error: {
        code: 'EGRESS_WOULD_BLOCK',
        message: 'eu: catalog to feeds.example.com:80, 12 times.',
      },
    });
    expect(workshop.queue()).toEqual([]);
  });

  it.each([
    [{ kind: 'noData', because: 'nobody counted' } as const],
    [{ kind: 'error', because: 'connection refused' } as const],
  ])('is refused when nobody knows: %j', async (answer) => {
    workshop.egressOf(us).answer = answer;
    expect(await enforce()).toMatchObject({
      error: {
        code: 'EGRESS_NOT_OBSERVED',
        message: expect.stringContaining(`us: ${answer.because}`),
      },
    });
  });

  it('is refused when a cluster cannot be looked at', async () => {
    workshop.egressOf(us).isDown = true;
    expect(await enforce()).toMatchObject({ error: { code: 'EGRESS_NOT_OBSERVED' } });
  });

  it('is done in spite of it when somebody accepts that, and the reason is kept', async () => {
    see(feeds);
    expect(await enforce({ acceptBlocked: 'CHG-1' })).toMatchObject({
      value: { mode: 'enforce', accepted: 'CHG-1', changedBy: 'ada' },
    });
  });

  it('keeps no acceptance that nobody needed', async () => {
    const done = await enforce({ acceptBlocked: 'just in case' });
    expect(done).toMatchObject({ ok: true });
    expect(done.ok && done.value.accepted).toBeUndefined();
  });

  it('is checked as well when a document asks for it', async () => {
    see(feeds);
    const wanted = { ...policy, mode: 'enforce' } as const;
    expect(await workshop.useCases.putEgressPolicy(wanted, ada)).toMatchObject({
      error: { code: 'EGRESS_WOULD_BLOCK' },
    });
    const accepting = { ...wanted, acceptBlocked: 'CHG-2' };
    expect(await workshop.useCases.putEgressPolicy(accepting, ada)).toMatchObject({ ok: true });
  });

  it('does not close again what was opened since, when a request is repeated', async () => {
    const repeatable = { idempotencyKey: 'key-1' };
    const first = await enforce({}, repeatable);
    await workshop.useCases.rollbackEgress({ namespace: shop, comment: 'pays fail' }, ada);
    expect(await enforce({}, repeatable)).toEqual(first);
    expect(await workshop.useCases.getEgressPolicy(shop, ada)).toMatchObject({
      value: { record: { mode: 'observe' } },
    });
    expect(await enforce({ acceptBlocked: 'x' }, repeatable)).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });
});

describe('a policy that is enforced', () => {
  beforeEach(async () => {
    see({ ...feeds, lastSeen: instant(0) });
    await enforce({ acceptBlocked: 'CHG-1' });
    await workshop.work();
  });

  it('may grow in spite of what passed before it was enforced', async () => {
    const more = { ...allow[0], hosts: ['b.example.com'] } as (typeof allow)[number];
    const wanted = { ...policy, mode: 'enforce', allow: [...allow, more] } as const;
    expect(await workshop.useCases.putEgressPolicy(wanted, ada)).toMatchObject({ ok: true });
  });

  it('may not lose a host that is called', async () => {
    see({ ...feeds, host: 'api.stripe.com', port: 443 });
    const wanted = { ...policy, mode: 'enforce', allow: [] } as const;
    expect(await workshop.useCases.putEgressPolicy(wanted, ada)).toMatchObject({
      error: { code: 'EGRESS_WOULD_BLOCK' },
    });
  });
});

describe('what makes no sense', () => {
  it('is refused', async () => {
    const { useCases } = workshop;
    const nowhere = { ...policy, clusters: [clusterName('eu-wset')] };
    expect(await useCases.putEgressPolicy(nowhere, ada)).toMatchObject({
      error: { code: 'UNKNOWN_CLUSTER', field: 'clusters' },
    });
    const other = namespaceName('other');
    const unknown = { error: { code: 'UNKNOWN_EGRESS_POLICY' } };
    expect(await enforce({ namespace: other })).toMatchObject(unknown);
    expect(await useCases.reportEgress(other, undefined, aCaller())).toMatchObject(unknown);
    expect(await useCases.getEgressPolicy(other, aCaller())).toMatchObject(unknown);
    const rollback = { namespace: other, comment: '' };
    expect(await useCases.rollbackEgress(rollback, ada)).toMatchObject(unknown);
  });

  it('is a cluster that goes while a policy is in it', async () => {
    await workshop.uow.run((tx) =>
      tx.clusters.put({
        name: clusterName('x'),
        labels: {},
        connection: { kind: 'simulated', seed: 1 },
        metrics: { kind: 'none' },
      }),
    );
    const wanted = { ...policy, clusters: [clusterName('x')], namespace: namespaceName('b') };
    await workshop.useCases.putEgressPolicy(wanted, ada);
    expect(await workshop.useCases.removeCluster(clusterName('x'), ada)).toMatchObject({
      error: { code: 'CLUSTER_IN_USE', message: 'Cluster "x" has 1 egress policy.' },
    });
  });
});

describe('a report', () => {
  it('tells what is blocked already from what would be', async () => {
    see(feeds, { ...feeds, host: 'old.example.com', isBlocked: true });
    const report = await workshop.useCases.reportEgress(shop, undefined, aCaller());
    expect(report).toMatchObject({
      value: {
        window: 86_400_000,
        clusters: [
          {
            kind: 'measured',
            findings: [
              { host: 'feeds.example.com', wouldBlock: true },
              { host: 'old.example.com', wouldBlock: false },
            ],
          },
          { kind: 'measured', findings: [] },
        ],
      },
    });
  });
});
