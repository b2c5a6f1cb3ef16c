import type { ReleaseFact } from '../event.js';
import type { Observation } from '../observation.js';
import { interruptedPhase, type Release } from '../release.js';
import { rollbackFact } from '../rollback.js';

/** Why the release is to go back, where it listens to a gate that somebody opened for that. */
export function rollbackAsked({ plan }: Release, { gates }: Observation): string | undefined {
  const { rollbackGate } = plan;
  if (rollbackGate === undefined || gates?.manual.get(rollbackGate) !== 'open') return undefined;
  return `gate "${rollbackGate}" is open, which asks for a rollback`;
}

/** Before its preparation a release has written nothing that could be taken back. */
export const takenBack = (release: Release): ReleaseFact =>
  ['queued', 'pending'].includes(interruptedPhase(release))
    ? { type: 'cancelled' }
    : rollbackFact(release);
