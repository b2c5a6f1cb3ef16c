import type { LiveRouting, Traffic } from '@spillway/domain-istio';
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

/**
 * Somebody else's claim to the host stops a release, but never its way back: as
 * long as our own route is there, it may be the one that proxies obey.
 */
export const claimsThatCount = ({ phase }: Release, live: LiveRouting): LiveRouting =>
  isGoingBack(phase) && live.virtualService !== undefined ? { ...live, foreign: [] } : live;

/** A release that went back before it wrote a route has none to write: it would only pin the service. */
export const isUntouched = ({ phase }: Release, { virtualService }: LiveRouting): boolean =>
  isGoingBack(phase) && virtualService === undefined;

const isGoingBack = (phase: Release['phase']): boolean =>
  phase === 'rollingBack' || phase === 'rolledBack';
