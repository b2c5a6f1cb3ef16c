import type { Verdict } from '@spillway/domain-analysis';
import { isExposed, unexposed } from '@spillway/domain-traffic';
import { generation } from '@spillway/kernel';
import { act, wait, type Decision } from './decision.js';
import type { ReleaseFact } from './event.js';
import type { Observation } from './observation.js';
import { interruptedPhase, type Release, type Rollout } from './release.js';

/**
 * Takes all traffic away from the candidate, in every cluster that was told to
 * give it some and in those that were not seen to have what they were told.
 * Asks nobody: it must work while metrics, the other clusters and the other
 * workers are down.
 */
export function rollbackFact(
  release: Release,
  verdicts?: readonly Verdict[],
): Extract<ReleaseFact, { type: 'rollbackStarted' }> {
  const next = generation(release.generation + 1);
  const clusters = release.rollouts
    .filter(mayServe)
    .map(({ cluster }) => ({ cluster, ...unexposed }));
  return {
    type: 'rollbackStarted',
    traffic: { generation: next, clusters },
    ...(verdicts === undefined ? {} : { verdicts }),
  };
}

/** What an abort does: where nothing was written there is nothing to take back. */
export const abortFact = (release: Release): ReleaseFact =>
  hasWritten(release) ? rollbackFact(release) : { type: 'cancelled' };

/** Before its preparation a release has written nothing. */
export const hasWritten = (release: Release): boolean =>
  !['queued', 'pending'].includes(interruptedPhase(release));

/**
 * Whether the candidate may get requests in a cluster: it is to have some there, or the cluster has
 * not read back what it was told last and may still have what came before.
 */
export const mayServe = ({ desired, applied }: Rollout): boolean =>
  isExposed(desired) || applied === undefined;

/** The clusters that have not read back that the candidate has nothing. */
export const unreturned = ({ rollouts }: Release): readonly Rollout[] =>
  rollouts.filter(({ applied }) => applied === undefined);

/** It ends as what it was taken back for. */
export const backAtLast = ({ supersededBy }: Release): ReleaseFact =>
  supersededBy === undefined ? { type: 'rolledBack' } : { type: 'superseded', by: supersededBy };

/** Done when every cluster that had candidate traffic has read back that it has none. */
export function finishRollback(release: Release, { clusters }: Observation): Decision {
  const open = unreturned(release);
  if (open.length === 0) {
    return act(backAtLast(release), `all traffic is on ${release.stable} in every cluster`);
  }
  const names = open.map(({ cluster }) => {
    const seen = clusters.get(cluster);
    return seen?.kind === 'unreachable' ? `${cluster} (${seen.reason})` : cluster;
  });
  return wait(`taking traffic back in ${names.join(', ')}`);
}
