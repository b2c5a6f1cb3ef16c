import { isSameJson, ownershipOf, protocolOf } from '@spillway/domain-istio';
import { changeClusters, evolve, type Release } from '@spillway/domain-release';
import { refusal, type ClusterName, type Refusal, type ServiceName } from '@spillway/kernel';
import type { Caller } from '../access/caller.js';
import { record } from '../loop/reconcile.js';
import type { NewService, ServiceRecord } from '../port/service-store.js';
import type { Tx } from '../port/unit-of-work.js';
import { refuseUnverifiable } from './refuse-unverifiable.js';

/** Releases are locked before their service, as all do who lock both. */
export async function lockRunning(tx: Tx, service: ServiceName): Promise<Release | undefined> {
  const running = await tx.releases.running(service);
  return running && tx.releases.lock(running.id);
}

interface Wanted {
  readonly service: NewService;
  /** What ran before the service was locked. */
  readonly locked: Release | undefined;
  readonly running: Release | undefined;
  readonly caller: Caller;
}

/** How a release knows which objects are the service's. What to do about drift is in its plan. */
const routingOf = (service: NewService) => ({
  host: service.host,
  port: service.port,
  protocol: protocolOf(service),
  versionLabel: service.versionLabel,
  versionHost: service.versionHost,
  edge: service.edge,
  ownership: ownershipOf(service),
});

const clustersOf = ({ clusters }: NewService) => [...clusters].sort();

/**
 * A release that runs is pinned to how its service is routed; clusters may join and leave it. One
 * that is over and has something left to write finds its objects by how the service is routed.
 */
export async function refuseWhileBusy(
  tx: Tx,
  known: ServiceRecord,
  wanted: Wanted,
): Promise<Refusal | undefined> {
  const { service, locked, running } = wanted;
  const isRouted = isSameJson(routingOf(known), routingOf(service));
  const isWhere = isSameJson(clustersOf(known), clustersOf(service));
  if (isRouted && isWhere) return undefined;
  if (running === undefined) return isRouted ? undefined : refuseLeft(tx, known);
  // Who began in this very moment is not locked.
  const isLocked = locked?.id === running.id;
  return isRouted && isLocked ? changeOf(tx, running, wanted) : refuseRouting(running);
}

const refuseRouting = ({ service, id }: Release): Refusal =>
  refusal(
    'SERVICE_BUSY',
    `Service "${service}" is being released (${id}), so its routing cannot change.`,
    'Wait until the release is over, or abort it.',
  );

async function refuseLeft(tx: Tx, { service }: ServiceRecord): Promise<Refusal | undefined> {
  const [left] = await tx.releases.unsettledOf(service);
  if (left === undefined) return undefined;
  const [cluster, release] = left;
  return refusal(
    'SERVICE_BUSY',
    `Release ${release} of "${service}" is over and has something left to write in ${cluster}, so its routing cannot change.`,
    `Subsets that nothing names are removed half a minute after a release; if ${cluster} is away, wait until it is back.`,
  );
}

/** The release goes on in the clusters that the service has from now on, or says why it cannot. */
async function changeOf(
  tx: Tx,
  release: Release,
  { service, caller: { actor } }: Wanted,
): Promise<Refusal | undefined> {
  const changed = changeClusters(release, service.clusters);
  if (!changed.ok) return changed.error;
  const { joined, left } = changed.value;
  const unfit = refuseUnverifiable(service, {
    plan: release.plan,
    clusters: await tx.clusters.getAll(joined),
  });
  if (unfit !== undefined) return unfit;
  const because = `${sentence(joined, left)}, as ${actor} said`;
  const event = { ...changed.value, because, actor, at: tx.now };
  await record(tx, { release: evolve(release, event), events: [event] });
  await tx.jobs.enqueue({ kind: 'reconcile', release: release.id });
  return undefined;
}

/** `ap, us join, eu leaves`. */
const sentence = (joined: readonly ClusterName[], left: readonly ClusterName[]): string =>
  [
    ...(joined.length === 0 ? [] : [`${joined.join(', ')} join${joined.length === 1 ? 's' : ''}`]),
    ...(left.length === 0 ? [] : [`${left.join(', ')} leave${left.length === 1 ? 's' : ''}`]),
  ].join(', ');
