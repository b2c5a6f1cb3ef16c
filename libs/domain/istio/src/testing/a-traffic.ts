import { basisPoints, generation, releaseId, serviceName, version } from '@spillway/kernel';
import type { MeshService, Traffic } from '../traffic.js';

/** `shop/catalog` on port 8080, versions told apart by the label `version`. */
export const aMeshService = (overrides: Partial<MeshService> = {}): MeshService => ({
  service: serviceName('shop/catalog'),
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
  ...overrides,
});

/** v2 gets 10 % beside v1, as generation 7 of release `0f3a9c1e-…`. */
export const aTraffic = (overrides: Partial<Traffic> = {}): Traffic => ({
  service: aMeshService(),
  release: releaseId('0f3a9c1e-5b7d-4c1a-9d53-2b8f6f0c7a11'),
  generation: generation(7),
  stable: version('v1'),
  candidate: version('v2'),
  exposure: { weight: basisPoints(1_000) },
  subsets: [version('v1'), version('v2')],
  ...overrides,
});
