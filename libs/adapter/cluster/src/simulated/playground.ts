import {
  renderDestinationRule,
  renderVirtualService,
  type MeshService,
  type Traffic,
} from '@spillway/domain-istio';
import {
  generation,
  NOTHING,
  releaseId,
  serviceName,
  version,
  type Version,
} from '@spillway/kernel';
import type { VersionBehaviour } from './burst.js';
import type { SimulatedMesh } from './simulated-mesh.js';

/** What is deployed in a playground cluster, as plain data. */
export interface PlaygroundDeployment {
  readonly service: MeshService;
  readonly requestsPerSecond: number;
  /** The version that has all traffic in the beginning. */
  readonly stable: Version;
  readonly versions: readonly ({ readonly version: Version } & VersionBehaviour)[];
}

/** v2 is as good as v1; v3 fails one request in twenty. */
export const playgroundDeployment: PlaygroundDeployment = {
  service: {
    service: serviceName('shop/catalog'),
    host: 'catalog.shop.svc.cluster.local',
    port: 8080,
    versionLabel: 'version',
  },
  requestsPerSecond: 100,
  stable: version('v1'),
  versions: [
    {
      version: version('v1'),
      readyEndpoints: 3,
      errorRate: 0.001,
      latencyMs: { median: 20, p99: 120 },
    },
    {
      version: version('v2'),
      readyEndpoints: 3,
      errorRate: 0.001,
      latencyMs: { median: 18, p99: 110 },
    },
    {
      version: version('v3'),
      readyEndpoints: 3,
      errorRate: 0.05,
      latencyMs: { median: 22, p99: 140 },
    },
  ],
};

/**
 * Deploys it and routes everything to stable, as if an earlier release had
 * ended so. Without that routing the mesh would share requests out among all
 * pods, the bad ones included. Routing that is there already stays.
 */
export function deployPlayground(
  mesh: SimulatedMesh,
  { service, requestsPerSecond, stable, versions }: PlaygroundDeployment = playgroundDeployment,
): void {
  const traffic: Traffic = {
    service,
    release: releaseId('playground'),
    generation: generation(0),
    stable,
    candidate: stable,
    exposure: { weight: NOTHING },
    subsets: [stable],
  };
  mesh.apiServer.apply(renderDestinationRule(traffic), {});
  mesh.apiServer.apply(renderVirtualService(traffic), {});
  for (const { version: name, ...behaviour } of versions) {
    mesh.setVersion(service, name, behaviour);
  }
  mesh.setRequestRate(service, requestsPerSecond);
}
