import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { requiredAccess } from '@spillway/adapter-cluster';
import type { ProbeFinding } from '@spillway/application';
import { parse, stringify } from 'yaml';
import { KubernetesHarness } from './cluster-link-harness.js';
import { startCluster, type TestCluster } from './src/index.js';

interface Kubeconfig {
  clusters: [{ cluster: Record<string, unknown> }];
  users: [{ user: Record<string, unknown> }];
}

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster('probe');
}, 600_000);
afterAll(() => cluster.stop());

describe('a probe of a real API server', () => {
  const made: KubernetesHarness[] = [];
  afterEach(() => Promise.all(made.splice(0).map((harness) => harness.dispose())));

  const connected = async (change: (config: Kubeconfig) => void): Promise<KubernetesHarness> => {
    const config = parse(cluster.kubeconfig) as Kubeconfig;
    change(config);
    const harness = await KubernetesHarness.make(cluster, stringify(config));
    made.push(harness);
    return harness;
  };
  const probe = async (change: (config: Kubeconfig) => void): Promise<readonly ProbeFinding[]> =>
    (await connected(change)).link.probe();

  it('tells the version of Kubernetes, and of Istio where istiod runs', async () => {
    const kubernetesVersion = expect.stringMatching(/^v1\.\d+\.\d+$/);
    expect(await probe(() => {})).toEqual([{ kind: 'ok', kubernetesVersion }]);
    await cluster.admin.createNamespace('istio-system');
    await cluster.admin.http.post('/api/v1/namespaces/istio-system/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'istiod-1', namespace: 'istio-system', labels: { app: 'istiod' } },
      spec: {
        containers: [{ name: 'discovery', image: 'docker.io/istio/pilot:1.29.6-distroless' }],
      },
    });
    expect(await probe(() => {})).toEqual([
      { kind: 'ok', kubernetesVersion, istioVersion: '1.29.6' },
    ]);
  });

  it('names every right that is missing', async () => {
    const harness = await connected(() => {});
    const findings = await harness.withoutRole(() => harness.link.probe());
    expect(findings).toEqual(
      requiredAccess.map(({ verb, resource, group }) => ({
        kind: 'forbidden',
        verb,
        resource: group === '' ? resource : `${resource}.${group}`,
      })),
    );
  });

  it('finds a token that is not known here, and so does the state', async () => {
    const harness = await connected(({ users }) => {
      users[0].user = { token: 'somebody-else' };
    });
    expect(await harness.link.probe()).toEqual([
      { kind: 'unauthorized', detail: 'Unauthorized (401)' },
    ]);
    await harness.eventually(() => harness.link.state().kind === 'unreachable');
    expect(harness.link.routing(harness.service)).toBeUndefined();
  });

  it('finds a certificate of an authority that is not trusted, or of another name', async () => {
    const unknown = await probe(({ clusters }) => {
      delete clusters[0].cluster['certificate-authority-data'];
    });
    expect(unknown).toMatchObject([{ kind: 'certificate', detail: expect.stringMatching(/self/) }]);
    const renamed = await probe(({ clusters }) => {
      clusters[0].cluster['tls-server-name'] = 'elsewhere.example';
    });
    expect(renamed).toMatchObject([
      { kind: 'certificate', detail: expect.stringContaining('elsewhere.example') },
    ]);
  });

  it('finds a name that does not resolve, and a port where nobody listens', async () => {
    const at = (server: string): Promise<readonly ProbeFinding[]> =>
      probe(({ clusters }) => {
        clusters[0].cluster['server'] = server;
      });
    expect(await at('https://api.cluster.invalid')).toMatchObject([{ kind: 'unreachable' }]);
    expect(await at('https://127.0.0.1:1')).toEqual([
      { kind: 'unreachable', detail: 'the connection was refused' },
    ]);
  });

  it('finds an API server that accepts connections and answers nothing', async () => {
    const harness = await connected(() => {});
    await harness.eventually(() => harness.link.state().kind === 'ready');
    cluster.freeze();
    try {
      expect(await harness.link.probe()).toEqual([
        { kind: 'unreachable', detail: 'no answer in time' },
      ]);
    } finally {
      cluster.thaw();
    }
  });
});
