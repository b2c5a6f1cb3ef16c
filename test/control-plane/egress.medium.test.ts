import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedMesh } from '@spillway/adapter-cluster';
import { clusterName } from '@spillway/kernel';
import type { EgressPolicy, EgressPolicyDocument } from '@spillway/sdk';
import { freshDatabase, type FreshDatabase } from '@spillway/testing/postgres';
import { readyStage, type Stage } from './stage.js';
import { until } from '@spillway/application/testing';

let database: FreshDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await freshDatabase();
  stage = await readyStage({ databaseUrl: database.url });
});
afterAll(async () => {
  await stage.stop();
  await database.drop();
  expect(stage.log.errors).toEqual([]);
});

const document: EgressPolicyDocument = {
  name: 'shop',
  clusters: ['eu-west', 'us-east'],
  allow: [
    {
      hosts: ['api.stripe.com'],
      ports: [{ number: 443, protocol: 'TLS' }],
      owner: 'payments',
      reason: 'Card payments',
    },
  ],
};

const mesh = (name: string): SimulatedMesh => {
  const found = stage.controlPlane.engine.world.find(clusterName(name));
  if (found === undefined) throw new Error(`no cluster ${name}`);
  return found;
};
const held = (cluster: string): readonly string[] =>
  mesh(cluster)
    .egress.objects()
    .map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[0-9a-f]{8}$/, '')}`)
    .toSorted();
const applied = async (cluster: string): Promise<EgressPolicy> => {
  let policy = await stage.client.egressPolicies.get('shop');
  await until(async () => {
    policy = await stage.client.egressPolicies.get('shop');
    return policy.rollouts.find((one) => one.cluster === cluster)?.applied === true;
  });
  return policy;
};

const entry = 'ServiceEntry spillway-egress-api-stripe-com';
const sidecar = 'Sidecar spillway-egress';

describe('a namespace that is closed and opened again', () => {
  it('is observed first: the allow-list is written, people’s Sidecar and ServiceEntries stay', async () => {
    mesh('us-east').egress.put({
      kind: 'Sidecar',
      namespace: 'shop',
      name: 'default',
      spec: { egress: [{ hosts: ['./*', 'istio-system/*'] }] },
    });
    await stage.client.egressPolicies.put(document);
    await applied('eu-west');
    await applied('us-east');
    expect(held('eu-west')).toEqual([entry]);
    expect(held('us-east')).toEqual([entry, 'Sidecar default'].toSorted());
  });

  it('is not closed while nobody knows what leaves it', async () => {
    await expect(stage.client.egressPolicies.enforce('shop')).rejects.toMatchObject({
      status: 409,
      code: 'EGRESS_NOT_OBSERVED',
    });
  });

  it('is not closed while something would be blocked, which the report names', async () => {
    const call = { namespace: 'shop', workload: 'catalog', protocol: 'http', requests: 5 } as const;
    for (const name of ['eu-west', 'us-east']) {
      mesh(name).egress.call({ ...call, host: 'catalog.shop', port: 80, requests: 0 });
    }
    mesh('eu-west').egress.call({ ...call, host: 'feeds.example.com', port: 80 });
    const report = await stage.client.egressPolicies.report('shop', { window: '10m' });
    expect(report).toMatchObject({ known: true, window: '10m' });
    expect(report.clusters[0]?.findings).toContainEqual(
      expect.objectContaining({ workload: 'catalog', host: 'feeds.example.com', wouldBlock: true }),
    );
    await expect(stage.client.egressPolicies.enforce('shop')).rejects.toMatchObject({
      status: 409,
      code: 'EGRESS_WOULD_BLOCK',
    });
  });

  it('is closed when somebody accepts that: with a Sidecar of ours, or in people’s', async () => {
    const policy = await stage.client.egressPolicies.enforce('shop', { acceptBlocked: 'CHG-1042' });
    expect(policy).toMatchObject({ mode: 'enforce', acceptedBlocked: 'CHG-1042' });
    await applied('eu-west');
    await applied('us-east');
    expect(held('eu-west')).toEqual([entry, sidecar].toSorted());
    expect(
      mesh('us-east')
        .egress.objects()
        .find(({ kind }) => kind === 'Sidecar')?.spec,
    ).toEqual({
      egress: [{ hosts: ['./*', 'istio-system/*'] }],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
  });

  it('shows what was changed by hand, and gets it back when the policy is applied again', async () => {
    mesh('eu-west').egress.remove({ kind: 'Sidecar', namespace: 'shop', name: 'spillway-egress' });
    const shown = await stage.client.egressPolicies.get('shop');
    expect(shown.rollouts[0]?.drift).toEqual(['Sidecar shop/spillway-egress is missing']);
    await stage.client.egressPolicies.put({ ...document, mode: 'enforce' });
    await until(() => held('eu-west').includes(sidecar));
  });

  it('is opened by one command, and in a cluster that is away once it is back', async () => {
    mesh('us-east').down();
    const policy = await stage.client.egressPolicies.rollback('shop', { comment: 'payments fail' });
    expect(policy.because).toMatch(/^rolled back by \S+: payments fail$/);
    await until(() => !held('eu-west').includes(sidecar));
    await until(async () => {
      const { rollouts } = await stage.client.egressPolicies.get('shop');
      return rollouts[1]?.because !== undefined;
    });
    mesh('us-east').up();
    await applied('us-east');
    expect(
      mesh('us-east')
        .egress.objects()
        .find(({ kind }) => kind === 'Sidecar'),
    ).toMatchObject({
      metadata: { annotations: {} },
      spec: { egress: [{ hosts: ['./*', 'istio-system/*'] }] },
    });
  });

  it('keeps its clusters from being removed', async () => {
    await stage.client.services.list();
    await expect(stage.client.clusters.remove('eu-west')).rejects.toMatchObject({
      code: 'CLUSTER_IN_USE',
    });
    const { items } = await stage.client.egressPolicies.list();
    expect(items).toMatchObject([{ name: 'shop', mode: 'observe' }]);
  });
});
