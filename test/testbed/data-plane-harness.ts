import { startCluster, type TestCluster } from './src/index.js';
import { startDataPlane, type DataPlane, type RequestOptions } from './src/data-plane/index.js';
import type { KubeObject } from './src/kube-http.js';

export const catalog = { namespace: 'shop', name: 'catalog' } as const;
export const host = 'catalog.shop.svc.cluster.local';

const plurals: Readonly<Record<string, string>> = {
  VirtualService: 'virtualservices',
  DestinationRule: 'destinationrules',
  ServiceEntry: 'serviceentries',
  Gateway: 'gateways',
  Sidecar: 'sidecars',
};

/** A cluster with the service `catalog`, two Pods of v1 and two of v2, and the Envoys in front of it. */
export class DataPlaneHarness {
  private constructor(
    readonly cluster: TestCluster,
    readonly plane: DataPlane,
  ) {}

  static async start(): Promise<DataPlaneHarness> {
    const cluster = await startCluster('eu-west');
    const { admin } = cluster;
    await admin.createNamespace('shop');
    await admin.createNamespace('istio-system');
    await admin.createService(catalog);
    await admin.setPods(catalog, 'v1', 2);
    await admin.setPods(catalog, 'v2', 2);
    return new DataPlaneHarness(cluster, await startDataPlane({ cluster }));
  }

  async stop(): Promise<void> {
    await this.plane.stop();
    await this.cluster.stop();
  }

  /** Writes objects in this order, and waits for nothing. */
  async write(...objects: readonly KubeObject[]): Promise<void> {
    for (const object of objects) await this.cluster.admin.apply(pathOf(object), object);
  }

  /** Writes them and waits until all proxies have them. */
  async apply(...objects: readonly KubeObject[]): Promise<void> {
    await this.write(...objects);
    await this.plane.settled();
  }

  /** Takes every Istio object away. */
  async clear(): Promise<void> {
    const { admin } = this.cluster;
    for (const plural of Object.values(plurals)) {
      for (const { metadata } of await admin.list(`${api}/${plural}`)) {
        await admin.http.delete(
          `${api}/namespaces/${metadata.namespace}/${plural}/${metadata.name}`,
        );
      }
    }
    await this.plane.settled();
  }
}

const api = '/apis/networking.istio.io/v1';

const pathOf = ({ kind = '', metadata }: KubeObject): string =>
  `${api}/namespaces/${metadata.namespace}/${plurals[kind]}`;

export const istio = (
  kind: string,
  name: string,
  spec: object,
  namespace = 'shop',
): KubeObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { name, namespace },
  spec,
});

export const subsets = (...names: readonly string[]): KubeObject =>
  istio('DestinationRule', 'catalog', {
    host,
    subsets: names.map((name) => ({ name, labels: { version: name } })),
  });

export const to = (subset: string, weight?: number): object => ({
  destination: { host, subset },
  ...(weight !== undefined && { weight }),
});

/** The one VirtualService of the catalog in the mesh, unless told otherwise. */
export const routing = (http: readonly object[], spec: object = {}): KubeObject =>
  istio('VirtualService', 'catalog', { hosts: [host], http, ...spec });

export const request: RequestOptions = { host };
