import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@spillway/application';
import { ownershipOf, type MeshService } from '@spillway/domain-istio';
import { splitServiceName } from '@spillway/kernel';
import type { ApiSession } from './api-session.js';
import { DeploymentWatch } from './deployment-watch.js';
import { EndpointWatch } from './endpoint-watch.js';
import { ServiceEndpointWatch } from './service-endpoint-watch.js';
import type { SharedEndpoints } from './shared-endpoints.js';
import type { VersionWatch } from './version-watch.js';

interface WatchMeans {
  readonly session: ApiSession;
  readonly clock: Clock;
  readonly endpoints: SharedEndpoints;
}

/** The watch that fits how the service tells its versions apart. */
export function watchVersions(
  { session, clock, endpoints }: WatchMeans,
  service: MeshService,
  changed: () => void,
): VersionWatch {
  const ownership = ownershipOf(service);
  const { namespace } = splitServiceName(service.service);
  if (ownership.kind === 'replicas') {
    return new DeploymentWatch(session, namespace, ownership.deployment, clock, changed);
  }
  const { versionHost } = service;
  return versionHost === undefined
    ? new EndpointWatch(endpoints.in(namespace), service, changed)
    : new ServiceEndpointWatch(session, service, versionHost, clock, changed);
}

/** Whether a watch that was begun for one of them counts right for the other. */
export const isWatchedAlike = (a: MeshService, b: MeshService): boolean =>
  isDeepStrictEqual(settingsOf(a), settingsOf(b));

const settingsOf = (service: MeshService): readonly unknown[] => {
  const { versionLabel, versionHost } = service;
  const ownership = ownershipOf(service);
  return [versionLabel, versionHost, ownership.kind === 'replicas' && ownership.deployment];
};
