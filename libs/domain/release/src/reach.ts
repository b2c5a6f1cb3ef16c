import { tolerates } from '@spillway/domain-topology';
import type { ClusterName } from '@spillway/kernel';
import type { HoldReason } from './hold.js';
import type { ClusterSeen, Observation } from './observation.js';
import type { Release } from './release.js';

/** The clusters that the present step concerns: its wave and those before it. */
export function clustersInPlay({ plan, phase, held, cursor }: Release): readonly ClusterName[] {
  const running = held?.from ?? phase;
  const step = plan.steps[cursor.index];
  if (running !== 'progressing' || step === undefined) return plan.waves.flat();
  return plan.waves.slice(0, step.wave + 1).flat();
}

export const seenOf = (seen: Observation, cluster: ClusterName): ClusterSeen =>
  seen.clusters.get(cluster) ?? { kind: 'connecting' };

export const isUnreachable = (seen: Observation, cluster: ClusterName): boolean =>
  seenOf(seen, cluster).kind === 'unreachable';

/** More clusters cannot be reached than the plan puts up with. */
export function unreachableHold(release: Release, seen: Observation): HoldReason | undefined {
  const lost = clustersInPlay(release).filter((cluster) => isUnreachable(seen, cluster));
  if (tolerates(lost, release.plan.maxUnavailableClusters)) return undefined;
  const details = lost.map((cluster) => {
    const state = seenOf(seen, cluster);
    return state.kind === 'unreachable' ? `${cluster}: ${state.reason}` : cluster;
  });
  return { kind: 'clusterUnreachable', clusters: lost, detail: details.join('; ') };
}
