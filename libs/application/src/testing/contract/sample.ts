import { randomUUID } from 'node:crypto';
import {
  aCreatedEvent,
  aRelease,
  aReleaseEvent,
  aStrategy,
} from '@spillway/domain-release/testing';
import type { Release, ReleaseEvent } from '@spillway/domain-release';
import {
  clusterName,
  releaseId,
  serviceName,
  version,
  type ClusterName,
  type ServiceName,
} from '@spillway/kernel';
import type { NewCluster } from '../../port/cluster-store.js';
import type { NewService } from '../../port/service-store.js';
import type { Tx } from '../../port/unit-of-work.js';

export const eu = clusterName('eu');
export const us = clusterName('us');
export const catalog = serviceName('shop/catalog');

export const aCluster = (overrides: Partial<NewCluster> = {}): NewCluster => ({
  name: eu,
  labels: { region: 'eu' },
  connection: { kind: 'simulated', seed: 1 },
  metrics: { kind: 'simulated' },
  ...overrides,
});

export const aService = (overrides: Partial<NewService> = {}): NewService => ({
  service: catalog,
  host: 'catalog.shop.svc.cluster.local',
  port: 8080,
  versionLabel: 'version',
  clusters: [eu, us],
  stable: version('v1'),
  ...overrides,
});

/** Puts what a release refers to: its clusters, its services and its strategy. */
export async function putSurroundings(
  tx: Tx,
  services: readonly ServiceName[] = [catalog],
  clusters: readonly ClusterName[] = [eu, us],
): Promise<void> {
  for (const name of clusters) await tx.clusters.put(aCluster({ name }));
  for (const service of services) await tx.services.put(aService({ service, clusters }));
  const { version: _, ...strategy } = aStrategy();
  await tx.strategies.put(strategy);
}

/** A release with an id of its own. */
export const someRelease = (overrides: Partial<Release> = {}): Release =>
  aRelease({ id: releaseId(randomUUID()), ...overrides });

/** Stores a release as it is at its first event. */
export async function saveFirst(tx: Tx, release: Release): Promise<Release> {
  const first = { ...release, revision: 1 };
  await tx.releases.save(first, [aCreatedEvent(first)]);
  return first;
}

/** Stores a change of a release together with one event. */
export async function saveNext(
  tx: Tx,
  release: Release,
  change: Partial<Release> = {},
  event: ReleaseEvent = aReleaseEvent(),
): Promise<Release> {
  const next = { ...release, ...change, revision: release.revision + 1 };
  await tx.releases.save(next, [event]);
  return next;
}
