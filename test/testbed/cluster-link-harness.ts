import { KubernetesConnector } from '@spillway/adapter-cluster';
import type { ClusterHarness, HandWritten } from '@spillway/adapter-cluster/testing';
import type { ClusterChange, ClusterLink } from '@spillway/application';
import {
  hostOf,
  routingName,
  type MeshService,
  type VirtualServiceSpec,
} from '@spillway/domain-istio';
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

  setPods(version: Version, ready: number, of = this.service): Promise<void> {
    const [name = ''] = hostOf(of, version).split('.');
    return this.cluster.admin.setPods({ namespace: this.namespace, name }, version, ready);
  }

  /** As `kubectl replace` does: with another manager than Spillway, and whole. */
  async put({ kind, namespace, name, spec, labels = {}, annotations = {} }: HandWritten) {
    const { admin } = this.cluster;
    await admin.createNamespace(namespace);
    const path = collectionOf(kind, namespace);
    const known = await admin.http.find(`${path}/${name}`);
    const { resourceVersion } = known?.metadata ?? {};
    const metadata = { namespace, name, labels, annotations };
    const object = { apiVersion: 'networking.istio.io/v1', kind, metadata, spec };
    const query = 'fieldManager=kubectl';
    if (resourceVersion === undefined)
      return void (await admin.http.post(`${path}?${query}`, object));
    const replacement = { ...object, metadata: { ...metadata, resourceVersion } };
    await admin.http.put(`${path}/${name}?${query}`, replacement);
  }

  async take({ kind, namespace, name }: Pick<HandWritten, Place>): Promise<void> {
    await this.cluster.admin.http.delete(`${collectionOf(kind, namespace)}/${name}`);
  }

  async read({ kind, namespace, name }: Pick<HandWritten, Place>) {
    const path = `${collectionOf(kind, namespace)}/${name}`;
    const found = await this.cluster.admin.http.find(path);
    if (found === undefined) return undefined;
    const { labels = {}, annotations = {}, managedFields = [] } = found.metadata;
    const managers = managedFields.map(({ manager }) => manager);
    return { labels, annotations, managers, spec: found['spec'] };
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

type Place = 'kind' | 'namespace' | 'name';

const collectionOf = (kind: HandWritten['kind'], namespace: string): string =>
  `/apis/networking.istio.io/v1/namespaces/${namespace}/${kind.toLowerCase()}s`;
