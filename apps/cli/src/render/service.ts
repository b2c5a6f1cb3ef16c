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
    ['Protocol', service.protocol],
    ['Version label', service.versionLabel],
    ['Version host', service.versionHost],
    ['Clusters', service.clusters.join(', ')],
    ['Edge', service.edge && edgeWords(service.edge)],
    ['Routing', routingWords(service.routing)],
    ['Drift', service.drift],
    ['Generation', String(service.generation)],
    ['Latest release', service.latestRelease],
    ['Age', age(service.createdAt, now)],
  ]);

const edgeWords = ({ hosts, gateways }: NonNullable<Service['edge']>): string =>
  `${hosts.join(', ')} at ${gateways.join(', ')}`;

function routingWords(routing: Service['routing']): string {
  if ('managed' in routing) return 'managed';
  if ('delegate' in routing) return `delegate ${routing.delegate.virtualService}`;
  if ('replicas' in routing) {
    return `${routing.replicas.total} pods of ${routing.replicas.deployment}`;
  }
  const { virtualService, routes = [] } = routing.adopt;
  return `adopts ${[virtualService, ...routes.map((route) => `route "${route}"`)].join(', ')}`;
}
