import { isFinal } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { Reads } from '../port/unit-of-work.js';
import type { LoopDeps } from './deps.js';
import { sharingReads } from './quietly.js';

/** Lets go of a release that was followed here and has ended elsewhere. */
export const releaseChanged = ({
  unitOfWork,
  following,
}: Pick<LoopDeps, 'unitOfWork' | 'following'>): ((release: ReleaseId) => Promise<void>) => {
  const read = sharingReads(unitOfWork);
  return async (release) => {
    if (!following.isFollowed(release)) return;
    if (await read((stores) => hasEnded(stores, release))) following.stop(release);
  };
};

export async function hasEnded({ releases }: Reads, id: ReleaseId): Promise<boolean> {
  const release = await releases.get(id);
  return release === undefined || isFinal(release.phase);
}
