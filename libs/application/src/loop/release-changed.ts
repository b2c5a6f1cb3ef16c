import { isFinal } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { Tx } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { sharing } from './quietly.js';

/** Lets go of a release that was followed here and has ended elsewhere. */
export const releaseChanged = ({
  unitOfWork,
  following,
}: Pick<LoopDeps, 'unitOfWork' | 'following'>): ((release: ReleaseId) => Promise<void>) => {
  const share = sharing(unitOfWork);
  return async (release) => {
    if (!following.isFollowed(release)) return;
    if (await share((tx) => hasEnded(tx, release))) following.stop(release);
  };
};

export async function hasEnded(tx: Tx, id: ReleaseId): Promise<boolean> {
  const release = await tx.releases.get(id);
  return release === undefined || isFinal(release.phase);
}
