import { ensureEnvoy } from '../envoy-binary.js';
import type { KubeObject } from '../kube-http.js';
import { outside, type Json } from './clusters.js';
import type { MeshSnapshot, ProxyIdentity } from './istio-objects.js';
import { meshOf, viewOf, type Mesh } from './mesh-view.js';
import { Proxy } from './proxy.js';
import { proxyConfig, type ProxyConfig } from './proxy-config.js';
import { workloadsOf } from './registry.js';
import { Upstreams } from './upstreams.js';

const kinds: Readonly<Record<string, keyof MeshSnapshot>> = {
  VirtualService: 'virtualServices',
  DestinationRule: 'destinationRules',
  ServiceEntry: 'serviceEntries',
  Gateway: 'gateways',
  Sidecar: 'sidecars',
  Service: 'services',
  Pod: 'pods',
};

/** Says in every answer which route gave it. */
export const routeHeader = 'x-testbed-route';

/** Envoys that obey objects that never change and that no API server holds: thousands of them, if need be. */
export class FixedMesh {
  private readonly proxies: Proxy[] = [];

  private constructor(
    private readonly binary: string,
    private readonly mesh: Mesh,
    private readonly upstreams: Upstreams,
  ) {}

  static async start(objects: readonly KubeObject[]): Promise<FixedMesh> {
    const snapshot = snapshotOf(objects);
    const mesh = meshOf(snapshot);
    const upstreams = new Upstreams();
    await upstreams.play([outside, ...workloadsOf(snapshot, mesh.services)]);
    return new FixedMesh(await ensureEnvoy(), mesh, upstreams);
  }

  async proxy(identity: ProxyIdentity): Promise<Proxy> {
    const config = namingRoutes(proxyConfig(viewOf(this.mesh, identity), this.upstreams.portOf));
    const proxy = await Proxy.start({ binary: this.binary, identity, config });
    this.proxies.push(proxy);
    return proxy;
  }

  async stop(): Promise<void> {
    await Promise.all(this.proxies.map((proxy) => proxy.stop()));
    await this.upstreams.stop();
  }
}

function snapshotOf(objects: readonly KubeObject[]): MeshSnapshot {
  const all = Object.fromEntries(
    Object.entries(kinds).map(([kind, field]) => [
      field,
      objects.filter((object) => object.kind === kind),
    ]),
  );
  return all as unknown as MeshSnapshot;
}

const namingRoutes = (config: ProxyConfig): ProxyConfig => ({
  ...config,
  routes: new Map([...config.routes].map(([name, routes]) => [name, namingRoute(routes)])),
});

const namingRoute = (routes: Json): Json => ({
  ...routes,
  response_headers_to_add: [{ header: { key: routeHeader, value: '%ROUTE_NAME%' } }],
});

export const startFixedMesh = (objects: readonly KubeObject[]): Promise<FixedMesh> =>
  FixedMesh.start(objects);
