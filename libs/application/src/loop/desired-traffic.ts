import type { Traffic } from '@spillway/domain-istio';
import { isFinal, type Release, type Rollout } from '@spillway/domain-release';
import type { Version } from '@spillway/kernel';
import type { ServiceRecord } from '../port/service-store.js';

/** Both versions while the release runs; the one that is left once it is over. */
function subsetsOf({ phase, stable, candidate }: Release): readonly Version[] {
  if (!isFinal(phase)) return [stable, candidate];
  return phase === 'succeeded' ? [candidate] : [stable];
}

/** The routing that a rollout wants in its cluster. */
export const desiredTraffic = (
  release: Release,
  { desired }: Rollout,
  service: ServiceRecord,
): Traffic => ({
  service,
  release: release.id,
  generation: desired.generation,
  stable: release.stable,
  candidate: release.candidate,
  candidateWeight: desired.weight,
  subsets: subsetsOf(release),
});
