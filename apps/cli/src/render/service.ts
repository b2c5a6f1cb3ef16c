import type { Service } from '@spillway/sdk';
import { age } from './moment.js';
import { facts, table } from './table.js';

export const serviceTable = (services: readonly Service[], now: number): string =>
  table(
    ['NAME', 'STABLE', 'CLUSTERS', 'PORT', 'LATEST RELEASE', 'AGE'],
    services.map(({ name, stable, clusters, port, latestRelease = '-', createdAt }) => [
      name,
      stable,
      clusters.join(','),
      String(port),
      latestRelease,
      age(createdAt, now),
    ]),
  );

export const serviceFacts = (service: Service, now: number): string =>
  facts([
    ['Name', service.name],
    ['Stable', service.stable],
    ['Host', service.host],
    ['Port', String(service.port)],
    ['Version label', service.versionLabel],
    ['Clusters', service.clusters.join(', ')],
    ['Generation', String(service.generation)],
    ['Latest release', service.latestRelease],
    ['Age', age(service.createdAt, now)],
  ]);
