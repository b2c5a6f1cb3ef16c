import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApplyOutcome } from '@spillway/application';
import type { LiveDeployment, MeshService } from '@spillway/domain-istio';
import { version } from '@spillway/kernel';
import { KubernetesHarness } from './cluster-link-harness.js';
import { startCluster, type KubeObject, type TestCluster } from './src/index.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('replicas');
}, 600_000);
afterAll(() => cluster.stop());

describe('a link that scales Deployments, on a real API server', () => {
  let harness: KubernetesHarness;
  let service: MeshService;
  beforeEach(async () => {
    harness = await KubernetesHarness.make(cluster);
    const ownership = { kind: 'replicas', deployment: 'catalog-{version}', total: 4 } as const;
    service = { ...harness.service, ownership };
    await deploy('catalog-v1', 4);
    await deploy('catalog-v2', 0);
    harness.link.follow(service);
    await harness.eventually(() => of('v2') !== undefined);
  });
  afterEach(() => harness.dispose());

  const deploy = (name: string, replicas: number): Promise<KubeObject> => {
    const { namespace } = harness;
    const labels = { app: name };
    const containers = [{ name: 'app', image: 'example.com/catalog:1' }];
    return cluster.admin.apply(`/apis/apps/v1/namespaces/${namespace}/deployments`, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers } },
      },
    });
  };
  const of = (name: string): LiveDeployment | undefined =>
    harness.link.routing(service)?.deployments?.get(version(name));
  const scale = (from: number, to: number, resourceVersion: string): Promise<ApplyOutcome> =>
    harness.link.patch({
      do: 'patch',
      kind: 'Deployment',
      place: { namespace: harness.namespace, name: 'catalog-v2' },
      operations: [
        { op: 'test', path: '/spec/replicas', value: from },
        { op: 'replace', path: '/spec/replicas', value: to },
      ],
      resourceVersion,
    });
  const seen = (): string => of('v2')?.resourceVersion ?? 'none';

  it('knows how many pods each version should have', () => {
    expect(of('v1')).toMatchObject({ name: 'catalog-v1', replicas: 4, ready: 0 });
    expect(of('v2')).toMatchObject({ name: 'catalog-v2', replicas: 0, ready: 0 });
    expect(harness.link.routing(service)?.foreign).toEqual([]);
  });

  it('scales up and down again, each by one call, and knows it at once', async () => {
    const began = Date.now();
    expect(await scale(0, 2, seen())).toEqual({ kind: 'applied' });
    expect(of('v2')?.replicas).toBe(2);
    expect(await scale(2, 0, seen())).toEqual({ kind: 'applied' });
    expect(of('v2')?.replicas).toBe(0);
    const calls = await cluster.calls('spillway', began);
    const made = calls.filter(({ verb }) => verb !== 'watch' && verb !== 'list');
    expect(made.map(({ verb }) => verb)).toEqual(['patch', 'patch']);
  });

  it('stops when somebody else has scaled meanwhile, and knows it at once', async () => {
    const before = seen();
    await deploy('catalog-v2', 3);
    expect(await scale(0, 2, before)).toEqual({ kind: 'conflict' });
    expect(of('v2')?.replicas).toBe(3);
  });
});
