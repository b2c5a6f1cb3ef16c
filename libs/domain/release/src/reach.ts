import { tolerates } from '@spillway/domain-topology';
import type { ClusterName } from '@spillway/kernel';
import type { HoldReason } from './hold.js';
import type { ClusterSeen, Observation } from './observation.js';
import { runningPhase, type Release } from './release.js';

/** The clusters that the present step concerns: its wave and those before it. */
export function clustersInPlay(release: Release): readonly ClusterName[] {
  const { plan, cursor } = release;
  const step = plan.steps[cursor.index];
  const isStepping = ['progressing', 'awaitingApproval'].includes(runningPhase(release));
  if (!isStepping || step === undefined) return plan.waves.flat();
  return plan.waves.slice(0, step.wave + 1).flat();
}

export const seenOf = (seen: Observation, cluster: ClusterName): ClusterSeen =>
  seen.clusters.get(cluster) ?? { kind: 'connecting' };

export const isUnreachable = (seen: Observation, cluster: ClusterName): boolean =>
  seenOf(seen, cluster).kind === 'unreachable';

/**
 * More clusters cannot be reached than the plan puts up with, or all that the
 * release has come to: then nobody would have judged the candidate anywhere.
 */
export function unreachableHold(release: Release, seen: Observation): HoldReason | undefined {
  const inPlay = clustersInPlay(release);
  const lost = inPlay.filter((cluster) => isUnreachable(seen, cluster));
  const isTolerable = tolerates(lost, release.plan.maxUnavailableClusters);
  if (isTolerable && (lost.length === 0 || lost.length < inPlay.length)) return undefined;
  const details = lost.map((cluster) => {
    const state = seenOf(seen, cluster);
    return state.kind === 'unreachable' ? `${cluster}: ${state.reason}` : cluster;
  });
  return { kind: 'clusterUnreachable', clusters: lost, detail: details.join('; ') };
}
