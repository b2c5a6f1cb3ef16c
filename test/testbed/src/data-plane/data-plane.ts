import type { ClusterAdmin } from '../admin.js';
import { ensureEnvoy } from '../envoy-binary.js';
import { say, took } from '../say.js';
import { outside } from './clusters.js';
import type { ProxyIdentity } from './istio-objects.js';
import { meshOf, viewOf, type Mesh } from './mesh-view.js';
import { MeshWatch } from './mesh-watch.js';
import { MetricsServer } from './metrics-server.js';
import { rootNamespace } from './names.js';
import { Proxy } from './proxy.js';
import { proxyConfig, type ProxyConfig } from './proxy-config.js';
import { workloadsOf } from './registry.js';
import { Upstreams } from './upstreams.js';

export interface DataPlaneOptions {
  readonly cluster: { readonly admin: ClusterAdmin };
  /** How long nothing may change before proxies are told; istiod's is 100 ms. */
  readonly debounceMs?: number;
  /** Of the gateway's Pod. */
  readonly gateway?: Partial<Omit<ProxyIdentity, 'kind'>>;
}

/** Real Envoys that obey what one API server holds, and the Pods behind them. */
export class DataPlane {
  readonly upstreams = new Upstreams();
  private readonly proxies = new Map<string, Promise<Proxy>>();
  private readonly metrics = new MetricsServer(this.upstreams, () => this.running());
  private readonly watch: MeshWatch;
  private mesh: Mesh | undefined;
  private started: Proxy | undefined;

  private constructor(
    admin: ClusterAdmin,
    debounceMs: number,
    private readonly binary: string,
  ) {
    this.watch = new MeshWatch({ admin, debounceMs, push: () => this.push() });
  }

  static async start({ cluster, debounceMs = 100, gateway }: DataPlaneOptions): Promise<DataPlane> {
    const binary = await ensureEnvoy();
    const start = performance.now();
    const plane = new DataPlane(cluster.admin, debounceMs, binary);
    try {
      await Promise.all([plane.watch.start(), plane.metrics.start()]);
      await plane.push();
      const { namespace = rootNamespace, labels = { istio: 'ingressgateway' } } = gateway ?? {};
      plane.started = await plane.proxy({ kind: 'gateway', namespace, labels });
      say(`the data plane's gateway at ${plane.gateway.url} is ready after ${took(start)}`);
      return plane;
    } catch (error) {
      await plane.stop();
      throw error;
    }
  }

  /** The ingress gateway. */
  get gateway(): Proxy {
    if (this.started === undefined) throw new Error('the gateway has not started');
    return this.started;
  }

  /** For `startPrometheus`. */
  get target(): string {
    return this.metrics.target;
  }

  /** The proxy of a client with these labels; the same one when asked again. */
  sidecar({ namespace = 'default', labels = {} }: Partial<ProxyIdentity> = {}): Promise<Proxy> {
    return this.proxy({ kind: 'sidecar', namespace, labels });
  }

  /**
   * Resolves when every proxy has what the API server had answered before this
   * call; fails when one refuses it. Not for frozen proxies.
   */
  async settled(): Promise<void> {
    await this.watch.caughtUp();
    await Promise.all((await this.running()).map((proxy) => proxy.settled()));
  }

  async stop(): Promise<void> {
    this.watch.stop();
    await this.metrics.stop();
    await Promise.all((await this.running()).map((proxy) => proxy.stop()));
    await this.upstreams.stop();
  }

  private proxy(identity: ProxyIdentity): Promise<Proxy> {
    const key = JSON.stringify([identity.kind, identity.namespace, ...sorted(identity.labels)]);
    const known = this.proxies.get(key);
    if (known !== undefined) return known;
    const config = this.configFor(identity);
    const started = Proxy.start({ binary: this.binary, identity, config });
    this.proxies.set(key, started);
    return started;
  }

  /** Those that started; one that failed has told its caller. */
  private async running(): Promise<readonly Proxy[]> {
    const all = await Promise.allSettled(this.proxies.values());
    return all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  private async push(): Promise<void> {
    const snapshot = this.watch.snapshot();
    const mesh = meshOf(snapshot);
    await this.upstreams.play([outside, ...workloadsOf(snapshot, mesh.services)]);
    this.mesh = mesh;
    for (const proxy of await this.running()) await proxy.write(this.configFor(proxy.identity));
  }

  private configFor(identity: ProxyIdentity): ProxyConfig {
    if (this.mesh === undefined) throw new Error('the mesh was not read yet');
    return proxyConfig(viewOf(this.mesh, identity), this.upstreams.portOf);
  }
}

const sorted = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).toSorted(([a], [b]) => a.localeCompare(b));

export const startDataPlane = (options: DataPlaneOptions): Promise<DataPlane> =>
  DataPlane.start(options);
