import type { ReleaseId } from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import { isFinal } from '../phase.js';
import { interruptedPhase, type Release } from '../release.js';
import { rollbackFact } from '../rollback.js';

/** Makes room for another release; `undefined` where it is on its way out already. */
export function supersede(release: Release, by: ReleaseId): ReleaseFact | undefined {
  const { phase } = release;
  if (isFinal(phase) || phase === 'rollingBack') return undefined;
  const hasNothing = ['queued', 'pending'].includes(interruptedPhase(release));
  if (hasNothing) return { type: 'superseded', by };
  return { ...rollbackFact(release), supersededBy: by };
}
