import type { ReleaseId } from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import { isFinal } from '../phase.js';
import type { Release } from '../release.js';
import { hasWritten, rollbackFact } from '../rollback.js';

/** Makes room for another release; `undefined` where it is on its way out already. */
export function supersede(release: Release, by: ReleaseId): ReleaseFact | undefined {
  const { phase } = release;
  if (isFinal(phase) || phase === 'rollingBack') return undefined;
  if (!hasWritten(release)) return { type: 'superseded', by };
  return { ...rollbackFact(release), supersededBy: by };
}
