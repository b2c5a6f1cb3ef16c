import {
  adopt,
  collision,
  foreignClaim,
  ownershipOf,
  releaseAnnotation,
  rulesBeside,
  type LiveObject,
  type LiveRouting,
  type Traffic,
} from '@spillway/domain-istio';
import { unexposed } from '@spillway/domain-traffic';
import { isFinal, type Release, type Rollout } from '@spillway/domain-release';
import type { Version } from '@spillway/kernel';
import type { ServiceRecord } from '../port/service-store.js';

/** Both versions while the release runs; the one that is left once it is over. */
function subsetsOf({ phase, stable, candidate }: Release): readonly Version[] {
  if (!isFinal(phase)) return [stable, candidate];
  return phase === 'succeeded' ? [candidate] : [stable];
}

/** The routing that a rollout wants in its cluster. */
export function desiredTraffic(
  release: Release,
  { desired: { generation, ...exposure } }: Rollout,
  service: ServiceRecord,
): Traffic {
  const { sticky } = release.plan;
  return {
    service,
    release: release.id,
    generation,
    stable: release.stable,
    candidate: release.candidate,
    exposure,
    ...(sticky === undefined ? {} : { sticky }),
    subsets: subsetsOf(release),
    isOver: isFinal(release.phase),
    ...(isGivingBack(release) && generation === release.generation ? { isFenced: true } : {}),
  };
}

/** A write that gave the candidate something may still be on its way, though nothing of it is seen. */
const isGivingBack = (release: Release): boolean =>
  release.phase === 'rollingBack' && wasPrepared(release);

/**
 * Somebody else's claim to the host stops a release, but never its way back: as
 * long as our own route is there, it may be the one that proxies obey. What people
 * define beside us still counts.
 */
export function claimsThatCount(
  release: Release,
  service: ServiceRecord,
  live: LiveRouting,
): LiveRouting {
  if (!isGoingBack(release.phase) || live.virtualService === undefined) return live;
  const { roots: _ignored, ...rest } = live;
  const { stable, candidate } = release;
  const helps = (rule: LiveObject) =>
    collision({ service, stable, candidate }, { foreign: [rule] }) === undefined;
  return { ...rest, foreign: rulesBeside({ service }, live).filter(helps) };
}

/**
 * A release that went back before it wrote a route has none to write: it would only
 * pin the service. A route that somebody took away is another matter, also one that an
 * earlier release wrote: without it the candidate gets its share of all requests. A rule
 * is written before a route, and tells.
 */
export function isUntouched(release: Release, service: ServiceRecord, live: LiveRouting): boolean {
  if (!isGoingBack(release.phase)) return false;
  const { kind } = ownershipOf(service);
  if (live.virtualService !== undefined) {
    return kind === 'adopted' && !isGivingBack(release) && isAsFound(release, service, live);
  }
  if (kind === 'replicas') return !wasPrepared(release);
  const { stable, candidate } = release;
  if (!wasPrepared(release) || foreignClaim({ service, stable, candidate }, live) !== undefined)
    return true;
  return live.destinationRule?.metadata.annotations[releaseAnnotation] === undefined;
}

/** Whether nothing of ours is in people's VirtualService, nor beside it. */
function isAsFound(release: Release, service: ServiceRecord, live: LiveRouting): boolean {
  const { id, generation, stable, candidate } = release;
  const about = { service, release: id, generation, stable, candidate, subsets: [] };
  const { virtualService, destinationRule } = live;
  if (virtualService === undefined || destinationRule !== undefined) return false;
  return adopt({ ...about, exposure: unexposed }, virtualService).kind === 'same';
}

const wasPrepared = ({ cursor, plan }: Release): boolean =>
  cursor.started || cursor.index > 0 || plan.steps.length === 0;

/** Taking traffic back asks for less than giving some: it must work when little else does. */
export const isGoingBack = (phase: Release['phase']): boolean =>
  phase === 'rollingBack' || phase === 'rolledBack' || phase === 'superseded';
