import type { ClusterChange } from '../port/cluster-link.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';

/**
 * What a change in a cluster wakes up. A cluster that is back is written to at
 * once, also for releases that ended while it was away.
 */
export const clusterChanged =
  ({ unitOfWork, following, logger }: LoopDeps) =>
  async (change: ClusterChange): Promise<void> => {
    if (change.kind === 'service') {
      const release = following.releaseOf(change.host);
      if (release === undefined) return;
      await unitOfWork.run((tx) => tx.jobs.enqueue({ kind: 'reconcile', release }));
      return;
    }
    const { cluster, state } = change;
    const fields = { cluster, ...(state.kind === 'unreachable' ? { reason: state.reason } : {}) };
    logger.info(fields, `cluster ${cluster} is ${state.kind}`);
    await unitOfWork.run((tx) => wakeReleases(tx, change));
  };

async function wakeReleases(
  tx: Tx,
  { cluster, state }: Extract<ClusterChange, { kind: 'state' }>,
): Promise<void> {
  await tx.clusters.noteState(cluster, state);
  if (state.kind === 'ready') {
    for (const release of await tx.releases.unsettledIn(cluster)) {
      await tx.jobs.enqueue({ kind: 'apply', release, cluster });
    }
  }
  for (const release of await tx.releases.allRunning()) {
    await tx.jobs.enqueue({ kind: 'reconcile', release });
  }
}
