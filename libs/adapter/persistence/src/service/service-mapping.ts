import type { NewService, ServiceRecord } from '@spillway/application';
import { clusterName, generation, releaseId, serviceName, version } from '@spillway/kernel';
import type { ServiceClusterRow, ServiceRow } from './service-rows.js';

/** What people say of a service, apart from its clusters. */
export const toRow = (
  service: NewService,
): Pick<ServiceRow, 'name' | 'host' | 'port' | 'versionLabel' | 'settings' | 'stable'> => ({
  name: service.service,
  host: service.host,
  port: service.port,
  versionLabel: service.versionLabel,
  settings: toSettings(service),
  stable: service.stable,
});

const toSettings = ({
  protocol,
  versionHost,
  edge,
  ownership,
  drift,
  onBusy,
  accessLog,
}: NewService) => ({
  ...(protocol === undefined ? {} : { protocol }),
  ...(versionHost === undefined ? {} : { versionHost }),
  ...(edge === undefined ? {} : { edge }),
  ...(ownership === undefined ? {} : { ownership }),
  ...(drift === undefined ? {} : { drift }),
  ...(onBusy === undefined ? {} : { onBusy }),
  ...(accessLog === undefined ? {} : { accessLog }),
});

export const toClusterRows = ({
  service,
  clusters,
}: NewService): readonly Omit<ServiceClusterRow, 'of'>[] =>
  clusters.map((cluster, position) => ({ service, cluster, position }));

export const toService = (row: ServiceRow): ServiceRecord => ({
  service: serviceName(row.name),
  host: row.host,
  port: row.port,
  versionLabel: row.versionLabel,
  ...row.settings,
  clusters: row.clusters
    .toSorted((a, b) => a.position - b.position)
    .map(({ cluster }) => clusterName(cluster)),
  stable: version(row.stable),
  generation: generation(row.generation),
  ...(row.latestRelease === null ? {} : { latestRelease: releaseId(row.latestRelease) }),
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
});
