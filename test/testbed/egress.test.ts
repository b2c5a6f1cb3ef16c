import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createKubernetesEgressConnector } from '@spillway/adapter-cluster';
import { egressLinkContract, type EgressHarness } from '@spillway/adapter-cluster/testing';
import type { EgressLink } from '@spillway/application';
import { nextEgressWrite, type EgressKind, type EgressWrite } from '@spillway/domain-egress';
import { anAllowed } from '@spillway/domain-egress/testing';
import { clusterName, duration, instant } from '@spillway/kernel';
import { startCluster, type TestCluster } from './src/index.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('egress');
}, 600_000);
afterAll(() => cluster.stop());

const istio = '/apis/networking.istio.io/v1/namespaces';
const plurals: Readonly<Record<EgressKind, string>> = {
  ServiceEntry: 'serviceentries',
  Sidecar: 'sidecars',
};

const connect = (): EgressLink =>
  createKubernetesEgressConnector(duration(2_000)).connect({
    name: clusterName(cluster.name),
    labels: {},
    connection: { kind: 'kubeconfig', kubeconfig: cluster.kubeconfig },
    metrics: { kind: 'none' },
    createdAt: instant(0),
    updatedAt: instant(0),
  });

let made = 0;

async function aHarness(): Promise<EgressHarness> {
  made += 1;
  const namespace = `egress-${made}`;
  const { admin } = cluster;
  await admin.createNamespace(namespace);
  const link = connect();
  let isDown = false;
  return {
    link,
    namespace,
    put: async ({ kind, name, spec }) => {
      await admin.http.post(`${istio}/${namespace}/${plurals[kind]}`, {
        apiVersion: 'networking.istio.io/v1',
        kind,
        metadata: { name, namespace },
        spec,
      });
    },
    remove: ({ kind, name }) => admin.http.delete(`${istio}/${namespace}/${plurals[kind]}/${name}`),
    goDown: async () => {
      isDown = true;
      await cluster.kill();
    },
    dispose: async () => {
      await link.close();
      if (isDown) await cluster.restart();
    },
  };
}

describe('a real API server', () => {
  egressLinkContract(aHarness);
});

describe('beyond the contract', () => {
  let harness: EgressHarness;
  beforeEach(async () => {
    harness = await aHarness();
  });

  const writes = async (allow = [anAllowed()]): Promise<readonly EgressWrite[]> => {
    const seen = await harness.link.look();
    if (seen.kind === 'unreachable') throw new Error(seen.reason);
    const wanted = { namespace: harness.namespace, mode: 'observe', allow } as const;
    const next = nextEgressWrite(
      wanted,
      { objects: seen.objects, since: instant(0) },
      instant(1e3),
    );
    return next.do === 'write' ? next.writes : [];
  };

  it('costs nothing while nobody asks, two lists for a look, and one call for a write', async () => {
    const began = Date.now();
    const [write] = await writes();
    if (write !== undefined) await harness.link.write(write);
    const calls = await cluster.calls('spillway', began);
    expect(calls.map(({ verb, resource }) => `${verb} ${resource}`).toSorted()).toEqual([
      'list serviceentries',
      'list sidecars',
      'patch serviceentries',
    ]);
    await harness.dispose();
  });

  it('tells a schema’s no from a server that is away', async () => {
    const [write] = await writes([anAllowed({ ports: [{ number: 70_000, protocol: 'TLS' }] })]);
    if (write === undefined) throw new Error('expected something to write');
    expect(await harness.link.write(write)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('port'),
    });
    await harness.dispose();
  });
});
