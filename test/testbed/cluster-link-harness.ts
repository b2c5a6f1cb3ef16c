import { KubernetesConnector } from '@spillway/adapter-cluster';
import type { ClusterHarness } from '@spillway/adapter-cluster/testing';
import type { ClusterChange, ClusterLink } from '@spillway/application';
import { routingName, type MeshService, type VirtualServiceSpec } from '@spillway/domain-istio';
import { clusterName, duration, instant, serviceName, type Version } from '@spillway/kernel';
import { until, type TestCluster } from './src/index.js';

let made = 0;

/** A link of its own to a cluster that tests share, with a service in a namespace of its own. */
export class KubernetesHarness implements ClusterHarness {
  readonly changes: ClusterChange[] = [];
  readonly link: ClusterLink;
  private down = false;

  private constructor(
    readonly cluster: TestCluster,
    readonly service: MeshService,
    kubeconfig: string,
  ) {
    const connector = new KubernetesConnector({
      clock: { now: () => instant(Date.now()) },
      callTimeout: duration(2_000),
    });
    this.link = connector.connect({
      cluster: clusterName(cluster.name),
      connection: { kind: 'kubeconfig', kubeconfig },
      onChange: (change) => this.changes.push(change),
    });
  }

  static async make(
    cluster: TestCluster,
    kubeconfig = cluster.kubeconfig,
  ): Promise<KubernetesHarness> {
    made += 1;
    const namespace = `shop-${made}`;
    await cluster.admin.createNamespace(namespace);
    const service: MeshService = {
      service: serviceName(`${namespace}/catalog`),
      host: `catalog.${namespace}.svc.cluster.local`,
      port: 80,
      versionLabel: 'version',
    };
    return new KubernetesHarness(cluster, service, kubeconfig);
  }

  /** Another link, as of another process, to the same cluster and for the same service. */
  static join(harness: KubernetesHarness): KubernetesHarness {
    return new KubernetesHarness(harness.cluster, harness.service, harness.cluster.kubeconfig);
  }

  get namespace(): string {
    return routingName(this.service).namespace;
  }

  setPods(version: Version, ready: number): Promise<void> {
    const service = { namespace: this.namespace, name: 'catalog' };
    return this.cluster.admin.setPods(service, version, ready);
  }

  async editByHand(change: (spec: VirtualServiceSpec) => VirtualServiceSpec): Promise<void> {
    const { namespace, name } = routingName(this.service);
    const { admin } = this.cluster;
    const live = await admin.readVirtualService(namespace, name);
    const spec = change(live?.['spec'] as VirtualServiceSpec);
    await admin.editVirtualService(namespace, name, { spec });
  }

  async goDown(): Promise<void> {
    this.down = true;
    await this.cluster.kill();
  }

  async comeBack(): Promise<void> {
    await this.cluster.restart();
    this.down = false;
  }

  async eventually(condition: () => boolean): Promise<void> {
    await until(condition, { what: `${condition.toString()} holds`, withinMs: 10_000 });
  }

  /** Does something while Spillway's user has no rights in the cluster. */
  async withoutRole<T>(work: () => Promise<T>): Promise<T> {
    const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
    const { admin } = this.cluster;
    const binding = await admin.http.get(`${bindings}/testbed-spillway`);
    await admin.http.delete(`${bindings}/testbed-spillway`);
    try {
      return await work();
    } finally {
      const { name } = binding.metadata;
      await admin.http.post(bindings, { ...binding, metadata: { name } });
    }
  }

  async dispose(): Promise<void> {
    await this.link.close();
    if (this.down) await this.comeBack();
  }
}
