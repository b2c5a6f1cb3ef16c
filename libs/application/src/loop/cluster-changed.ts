import type { ClusterName } from '@spillway/kernel';
import type { ClusterChange } from '../port/cluster-link.js';
import type { Job } from '../port/job-queue.js';
import type { LinkState } from '../port/link-state.js';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { sharing } from './quietly.js';
import { hasEnded } from './release-changed.js';
import { looksAt, wake } from './wake.js';

type StateChange = Extract<ClusterChange, { kind: 'state' }>;

/**
 * What a change in a cluster wakes up. A cluster that is back is written to at
 * once, also for releases that ended while it was away. Another reason why it is
 * away wakes nobody.
 */
export const clusterChanged = ({
  unitOfWork,
  following,
  logger,
}: LoopDeps): ((change: ClusterChange) => Promise<void>) => {
  const last = new Map<ClusterName, LinkState>();
  // A write is heard of again at once, and a fleet is written at the same time.
  const share = sharing(unitOfWork);

  const onState = async ({ cluster, state }: StateChange): Promise<void> => {
    const fields = { cluster, ...(state.kind === 'unreachable' ? { reason: state.reason } : {}) };
    logger.info(fields, `cluster ${cluster} is ${state.kind}`);
    const isOther = isAnother(state, last.get(cluster));
    last.set(cluster, state);
    const jobs = await unitOfWork.run(async (tx) => {
      await tx.clusters.noteState(cluster, state);
      return isOther ? jobsAfter(tx, cluster, state) : [];
    });
    await wake(unitOfWork, jobs);
  };

  return async (change) => {
    if (change.kind === 'state') return onState(change);
    const release = following.releaseOf(change.host);
    if (release === undefined) return;
    const isOver = await share(async (tx) => {
      if (await hasEnded(tx, release)) return true;
      await tx.jobs.enqueue({ kind: 'reconcile', release });
      return false;
    });
    // It ended while somebody here was about to follow it, too early for the release's feed to help.
    if (isOver) following.stop(release);
  };
};

/** A link that was made anew has a moment of its own. */
const isAnother = (now: LinkState, before: LinkState | undefined): boolean =>
  now.kind !== before?.kind || now.since !== before.since;

async function jobsAfter(
  tx: Tx,
  cluster: ClusterName,
  { kind }: LinkState,
): Promise<readonly Job[]> {
  const unsettled = kind === 'ready' ? await tx.releases.unsettledIn(cluster) : [];
  const policies = kind === 'ready' ? await tx.egress.unsettledIn(cluster) : [];
  return [
    ...unsettled.toSorted().map((release): Job => ({ kind: 'apply', release, cluster })),
    ...looksAt(await tx.releases.allRunning()),
    ...policies.map((namespace): Job => ({ kind: 'egress', namespace, cluster })),
  ];
}
