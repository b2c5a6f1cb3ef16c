import type { KubeHttp, KubeObject } from './kube-http.js';
import { pod, podStatus, slice, type MeshServiceName } from './workload.js';

const istio = '/apis/networking.istio.io/v1/namespaces';

/** Who owns what the testbed writes. */
const manager = 'fieldManager=testbed&force=true';

/** What people and other controllers do in a cluster: everything but Spillway's part. */
export class ClusterAdmin {
  private pods = 0;

  constructor(
    /** Raw calls as a member of `system:masters`. */
    readonly http: KubeHttp,
  ) {}

  async createNamespace(name: string): Promise<void> {
    await this.apply('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }

  /** A Service on port 80 that selects the Pods with the label `app: <name>`. */
  async createService({ namespace, name }: MeshServiceName): Promise<void> {
    await this.apply(`/api/v1/namespaces/${namespace}/services`, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels: { app: name } },
      spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    });
  }

  /**
   * From now on `version` of the service has `ready` ready Pods and `notReady`
   * others. One EndpointSlice holds the Pods of all versions, as Kubernetes'
   * own controller would write it.
   */
  async setPods(
    service: MeshServiceName,
    version: string,
    ready: number,
    notReady = 0,
  ): Promise<void> {
    const pods = `/api/v1/namespaces/${service.namespace}/pods`;
    const ofVersion = await this.list(
      `${pods}?labelSelector=app=${service.name},version=${version}`,
    );
    await Promise.all(
      ofVersion.map((old) => this.http.delete(`${pods}/${old.metadata.name}?gracePeriodSeconds=0`)),
    );
    const wanted = [...Array<boolean>(ready).fill(true), ...Array<boolean>(notReady).fill(false)];
    await Promise.all(wanted.map((isReady) => this.createPod(service, version, isReady)));
    const all = await this.list(`${pods}?labelSelector=app=${service.name}`);
    await this.apply(
      `/apis/discovery.k8s.io/v1/namespaces/${service.namespace}/endpointslices`,
      slice(service, all),
    );
  }

  readVirtualService(namespace: string, name: string): Promise<KubeObject | undefined> {
    return this.http.find(`${istio}/${namespace}/virtualservices/${name}`);
  }

  readDestinationRule(namespace: string, name: string): Promise<KubeObject | undefined> {
    return this.http.find(`${istio}/${namespace}/destinationrules/${name}`);
  }

  /** Changes it by a JSON merge patch, as `kubectl edit` does for kinds that are CRDs, and under its name. */
  editVirtualService(
    namespace: string,
    name: string,
    patch: object,
    fieldManager = 'kubectl-edit',
  ): Promise<KubeObject> {
    const path = `${istio}/${namespace}/virtualservices/${name}?fieldManager=${fieldManager}`;
    return this.http.patch(path, 'merge', patch);
  }

  deleteVirtualService(namespace: string, name: string): Promise<void> {
    return this.http.delete(`${istio}/${namespace}/virtualservices/${name}`);
  }

  /** Server-side apply into the collection at `path`. */
  apply(path: string, object: KubeObject): Promise<KubeObject> {
    return this.http.patch(`${path}/${object.metadata.name}?${manager}`, 'apply', object);
  }

  async list(path: string): Promise<readonly KubeObject[]> {
    return (await this.http.get<{ items: readonly KubeObject[] }>(path)).items;
  }

  private async createPod(
    service: MeshServiceName,
    version: string,
    isReady: boolean,
  ): Promise<void> {
    const path = `/api/v1/namespaces/${service.namespace}/pods`;
    this.pods += 1;
    const made = await this.http.post(path, pod(service, version, this.pods));
    await this.http.patch(
      `${path}/${made.metadata.name}/status`,
      'merge',
      podStatus(this.pods, isReady),
    );
  }
}
