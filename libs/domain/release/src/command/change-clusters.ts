import { isExposed, unexposed } from '@spillway/domain-traffic';
import {
  formatPercent,
  generation,
  ok,
  refusal,
  refuse,
  type ClusterName,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import type { Phase } from '../phase.js';
import { interruptedPhase, type Release } from '../release.js';
import { mayServe } from '../rollback.js';

type ClustersChanged = Extract<ReleaseFact, { type: 'clustersChanged' }>;

/** In these a cluster can still take its part. */
const open: readonly Phase[] = [
  'pending',
  'preparing',
  'progressing',
  'awaitingApproval',
  'promoting',
];

/**
 * Other clusters for a release that runs. Who joins gets stable's routing at once and takes part in
 * the last wave, from its next change of traffic on. Who leaves keeps the routing that it has, so it
 * may not have any of the candidate's: nobody would take that back.
 */
export function changeClusters(
  release: Release,
  wanted: readonly ClusterName[],
): Result<ClustersChanged, Refusal> {
  const before = release.plan.waves.flat();
  const left = before.filter((cluster) => !wanted.includes(cluster));
  const joined = wanted.filter((cluster) => !before.includes(cluster)).toSorted();
  const refused = refuseChange(release, left);
  if (refused !== undefined) return refuse(refused);
  // Before its preparation a release has written nowhere.
  const isPrepared = release.rollouts.length > 0;
  const clusters = isPrepared ? joined.map((cluster) => ({ cluster, ...unexposed })) : [];
  const traffic = { generation: generation(release.generation + 1), clusters };
  return ok({ type: 'clustersChanged', joined, left, traffic });
}

function refuseChange(release: Release, left: readonly ClusterName[]): Refusal | undefined {
  if (!open.includes(interruptedPhase(release))) {
    return busy(
      release,
      `is ${release.phase}, so no cluster can join or leave it`,
      'Wait until the release is over.',
    );
  }
  if (left.length === release.plan.waves.flat().length) {
    return busy(release, 'would have no cluster left', 'Abort the release first.');
  }
  const kept = release.rollouts.find(
    (rollout) => left.includes(rollout.cluster) && mayServe(rollout),
  );
  if (kept === undefined) return undefined;
  const { cluster, desired } = kept;
  const what = isExposed(desired)
    ? `gives ${release.candidate} ${formatPercent(desired.weight)} in ${cluster}, which nobody would take back there`
    : `does not know yet what ${cluster} has`;
  return busy(release, what, 'Abort the release, or take the cluster out when it is over.');
}

const busy = ({ service, id }: Release, what: string, next: string): Refusal =>
  refusal('SERVICE_BUSY', `Release ${id} of "${service}" ${what}.`, next, 'clusters');

/** The plan of a release with other clusters; the last wave takes those who join. */
export const planWith = (
  { plan }: Release,
  { joined, left }: Pick<ClustersChanged, 'joined' | 'left'>,
): Release['plan'] => ({
  ...plan,
  waves: plan.waves.map((wave, index) => [
    ...wave.filter((cluster) => !left.includes(cluster)),
    ...(index === plan.waves.length - 1 ? joined : []),
  ]),
});
