import {
  isKept,
  nextWrite,
  ownershipOf,
  type LiveRouting,
  type NextWrite,
  type Traffic,
} from '@spillway/domain-istio';
import { isFinal, type Release, type Rollout } from '@spillway/domain-release';
import type { Instant } from '@spillway/kernel';
import type { ClusterLink } from '../port/cluster-link.js';
import type { ServiceRecord } from '../port/service-store.js';
import { claimsThatCount, desiredTraffic, isGoingBack, isUntouched } from './desired-traffic.js';
import { emptyVersion } from './empty-version.js';

/** A release in one of its clusters. */
export interface Target {
  readonly release: Release;
  readonly rollout: Rollout;
  readonly service: ServiceRecord;
  readonly link: ClusterLink;
}

/**
 * What to do next in a cluster, by what its link shows and what is wanted of it.
 * `compared`: see `nextWrite`.
 */
export function nextStep(target: Target, now: Instant, compared?: string): NextWrite {
  const { release, rollout, service, link } = target;
  const known = link.routing(service);
  if (known === undefined) return { do: 'stop', because: `the link is ${link.state().kind}` };
  const because = doubtOf(target);
  if (because !== undefined) return { do: 'stop', because };
  if (isUntouched(release, service, known)) return { do: 'nothing' };
  const live = claimsThatCount(release, service, known);
  const wanted = desiredTraffic(release, rollout, service);
  const doubt = doubtOfRouting(target, wanted, live);
  return doubt === undefined
    ? nextWrite(wanted, live, now, compared)
    : { do: 'stop', because: doubt };
}

/** A broken watch may still leave a way for a write, and a rollback tries every way there is. */
function doubtOf({ release, rollout, link }: Target): string | undefined {
  if (release.phase === 'rollingBack') return undefined;
  const state = link.state();
  return state.kind === 'unreachable' ? state.reason : rollout.drifted;
}

function doubtOfRouting(
  { release, rollout, service, link }: Target,
  wanted: Traffic,
  live: LiveRouting,
): string | undefined {
  const isChecked = !isGoingBack(release.phase) && ownershipOf(service).kind !== 'replicas';
  const empty = isChecked ? emptyVersion(wanted, live, link) : undefined;
  if (empty !== undefined) return empty;
  const isUnnoted = isBelieved(release, rollout) && !isKept(wanted, live);
  return isUnnoted ? 'somebody changed it, which is noted first' : undefined;
}

/**
 * What was read back and is another now is drift: the release says whether it is written
 * again, and its history who changed it. A job that was on its way would hide both.
 */
const isBelieved = ({ phase }: Release, { applied }: Rollout): boolean =>
  applied !== undefined && phase !== 'rollingBack' && !isFinal(phase);
