import { ownershipOf, parseSplit, subsetsOf, type MeshService } from '@spillway/domain-istio';
import type { Release } from '@spillway/domain-release';
import { EVERYTHING, type ClusterName, type Version } from '@spillway/kernel';
import type { Night } from './night.js';
import { pods } from './owned.js';

/** The service's last release left each cluster with one version alone. */
export async function mustBeRouted(night: Night, service: MeshService): Promise<void> {
  const { site } = night;
  const stored = await site.store.run((tx) => tx.services.get(service.service));
  const last = stored?.latestRelease && site.promises.histories.get(stored.latestRelease);
  if (last?.endedAt === undefined) return;
  const own = last.plan.waves.flat();
  for (const cluster of night.everywhere) {
    const edited = night.edited.get(cluster);
    if (!own.includes(cluster)) {
      if (edited === undefined) mustHaveOne(night, cluster, service);
    } else if ((edited ?? 0) < last.endedAt) mustHaveWinner(night, cluster, service, last);
  }
}

function mustHaveWinner(
  night: Night,
  cluster: ClusterName,
  service: MeshService,
  { id, phase, candidate, stable }: Release,
): void {
  const { promises, book } = night.site;
  const isWon = phase === 'succeeded';
  // A release that was taken back before it wrote a route leaves what others made of the earlier one.
  const isOthers = !promises.wasPrepared(id) && night.edited.has(cluster);
  const isNothing = promises.watch(cluster).isUntouched(service.service);
  if (!isWon && (isOthers || isNothing)) return;
  const winner = isWon ? candidate : stable;
  const found = leftIn(night, cluster, service);
  if (found === textOf([[winner, whole(service)]], ownSubsets(night, service, winner))) return;
  const detail = `${cluster}: ${service.service}: ${found}, instead of ${winner} alone`;
  book.break('every cluster has what the last release left', detail);
}

/** Where a service is no more, its last release there left one version too. */
function mustHaveOne(night: Night, cluster: ClusterName, service: MeshService): void {
  const found = leftIn(night, cluster, service);
  if (/^\[(\["[^"]+",\d+\])?\],/.test(found)) return;
  const detail = `${cluster}: ${service.service}: ${found}`;
  night.site.book.break('a cluster that leaves a release keeps nothing of its candidate', detail);
}

type Shares = Iterable<readonly [string, number]>;

const textOf = (shares: Shares, subsets: readonly string[]): string =>
  `${JSON.stringify([...shares])}, subsets ${subsets.join()}`;

function leftIn({ site }: Night, cluster: ClusterName, service: MeshService): string {
  if (ownershipOf(service).kind === 'replicas') {
    const all = [...site.mesh(cluster).deployments.of(service)];
    const some = all.filter(([, { replicas }]) => replicas > 0);
    return textOf(
      some.map(([version, { replicas }]) => [version, replicas] as const),
      [],
    );
  }
  const { virtualService, destinationRule } = site.promises.watch(cluster).objects(service.service);
  const shares = virtualService && parseSplit(virtualService, service)?.shares;
  return textOf(
    shares ?? [],
    subsetsOf({ foreign: [], ...(destinationRule && { destinationRule }) }),
  );
}

const whole = (service: MeshService): number =>
  ownershipOf(service).kind === 'replicas' ? pods : EVERYTHING;

/** People who have a route define what it began with. */
function ownSubsets(night: Night, service: MeshService, winner: Version): readonly string[] {
  const { kind } = ownershipOf(service);
  const isTheirs = kind === 'adopted' && winner === night.stable;
  return isTheirs || kind === 'replicas' ? [] : [winner];
}
