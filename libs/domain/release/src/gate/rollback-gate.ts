import type { Observation } from '../observation.js';
import type { Release } from '../release.js';

/** Why the release is to go back, where it listens to a gate that somebody opened for that. */
export function rollbackAsked({ plan }: Release, { gates }: Observation): string | undefined {
  const { rollbackGate } = plan;
  if (rollbackGate === undefined || gates?.manual.get(rollbackGate) !== 'open') return undefined;
  return `gate "${rollbackGate}" is open, which asks for a rollback`;
}
