import { after, duration, type Duration, type Instant, type Version } from '@spillway/kernel';
import { isExposed } from '@spillway/domain-traffic';
import { adopt } from './adopt/adopt.js';
import { savedByOther, savedOf } from './adopt/adopted-original.js';
import { isSame } from './difference.js';
import type { DestinationRule, IstioObject, LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { obstacle } from './ownership.js';
import { liveGeneration, subsetsOf } from './parse.js';
import { renderDestinationRule, renderVirtualService } from './render/render.js';
import { hasReplicas, isScaled, nextScale } from './replica-ratio.js';
import { routingName, virtualServicePlace } from './render/routing-name.js';
import { definedBeside, isDefined, namedSubsets } from './subset-definition.js';
import { ownershipOf, type Traffic } from './traffic.js';
import type { NextWrite } from './write.js';

/**
 * Time between a DestinationRule and the VirtualService that needs it, in either
 * direction. istiod merges what arrives within 100 ms into one push, in which a
 * route may overtake its subset; 0 of 3,000 requests failed with 150 ms between
 * them and 1–4 with less (measured on istiod 1.29, see docs/architecture.md).
 */
export const settlingTime: Duration = duration(150);

/**
 * How long subsets stay after the last route to them went. Nobody waits for it,
 * and a proxy of a busy mesh may be many seconds behind: istiod holds changes
 * back for up to 10 s (PILOT_DEBOUNCE_MAX), and a removal that overtakes its
 * route fails requests.
 */
export const removalTime: Duration = duration(30_000);

/**
 * Make before break: subsets are added before a route names them, and removed
 * after none does. Ask again after each write; ends with `nothing`.
 *
 * `compared` is the resourceVersion of an object that claims a newer generation
 * than was ever decided on, as `compare` asked to find out: it may be overwritten.
 */
export function nextWrite(
  wanted: Traffic,
  live: LiveRouting,
  now: Instant,
  compared?: string,
): NextWrite {
  const because = obstacle(wanted, live);
  if (because !== undefined) return { do: 'stop', because };
  const ownership = ownershipOf(wanted.service);
  if (ownership.kind === 'replicas') return nextScale(wanted, ownership, live, now);
  const newer = newerGeneration(wanted, live);
  if (newer !== undefined && newer.resourceVersion !== compared) return newer;
  const route = routeWrite(wanted, live);
  if (!hasSubsets(wanted, live) && (route === undefined || !takesBack(wanted, live)))
    return write(ruleWith(wanted, live, subsetsOf(live)), live.destinationRule);
  if (route === undefined) return removal(wanted, live, now);
  const settling = 'new subsets reach the proxies';
  return afterSettling(live.destinationRuleSince, settlingTime, now, settling, () => route);
}

/** Whether requests are routed as wanted. Subsets that nobody needs any more may still be there. */
export function isInForce(wanted: Traffic, live: LiveRouting): boolean {
  const ownership = ownershipOf(wanted.service);
  if (ownership.kind === 'replicas') return isScaled(wanted, ownership, live);
  return (
    obstacle(wanted, live) === undefined &&
    hasSubsets(wanted, live) &&
    routeWrite(wanted, live) === undefined
  );
}

/** Whether it still is, once it was: pods that come and go are no change of what is wanted. */
export function isKept(wanted: Traffic, live: LiveRouting): boolean {
  const ownership = ownershipOf(wanted.service);
  return ownership.kind === 'replicas'
    ? hasReplicas(wanted, ownership, live)
    : isInForce(wanted, live);
}

function newerGeneration(
  wanted: Traffic,
  { virtualService }: LiveRouting,
): Extract<NextWrite, { do: 'compare' }> | undefined {
  if (virtualService === undefined) return undefined;
  const seen = liveGeneration(virtualService);
  // An adopted VirtualService may be in the hands of a release of another service, which counts by itself.
  const isOther = savedByOther(savedOf(virtualService, false), wanted.service) !== undefined;
  if (seen === undefined || seen <= wanted.generation || isOther) return undefined;
  return {
    do: 'compare',
    resourceVersion: virtualService.metadata.resourceVersion,
    because: `generation ${seen} is newer than ${wanted.generation}`,
  };
}

/** What makes the route as wanted; `undefined` when it is. */
function routeWrite(wanted: Traffic, { virtualService }: LiveRouting): NextWrite | undefined {
  const isOurs = ownershipOf(wanted.service).kind !== 'adopted';
  if (isOurs) {
    const object = renderVirtualService(wanted);
    const isThere = virtualService !== undefined && isSame(object, virtualService);
    return isThere ? undefined : write(object, virtualService);
  }
  if (virtualService === undefined) return undefined;
  const adoption = adopt(wanted, virtualService);
  if (adoption.kind === 'same') return undefined;
  if (adoption.kind === 'problem') return { do: 'stop', because: adoption.because };
  return {
    do: 'patch',
    kind: 'VirtualService',
    place: virtualServicePlace(wanted.service),
    operations: adoption.operations,
    resourceVersion: virtualService.metadata.resourceVersion,
  };
}

/** The versions that our own rule has to define: a version that is a Service, or that people defined, needs none. */
function ownSubsets(wanted: Traffic, live: LiveRouting): readonly Version[] {
  if (wanted.service.versionHost !== undefined) return [];
  const beside = definedBeside(wanted, live);
  return wanted.subsets.filter((version) => !beside.includes(version));
}

function hasSubsets(wanted: Traffic, live: LiveRouting): boolean {
  if (live.destinationRule === undefined) return ownSubsets(wanted, live).length === 0;
  return isSame(ruleWith(wanted, live, subsetsOf(live)), live.destinationRule);
}

/**
 * Whether the write takes traffic away from the candidate and needs nothing new for
 * it. Then it is the first one: a rule that cannot be written keeps nobody there.
 */
const takesBack = (wanted: Traffic, live: LiveRouting): boolean =>
  !isExposed(wanted.exposure) &&
  namedSubsets(wanted.service, live.virtualService).includes(wanted.candidate) &&
  isDefined(wanted.stable, wanted, live);

/** The wanted subsets and those that a route may still name. */
const ruleWith = (wanted: Traffic, live: LiveRouting, kept: readonly Version[]): DestinationRule =>
  renderDestinationRule({ ...wanted, subsets: [...ownSubsets(wanted, live), ...kept] });

/** Also those that other routes of an adopted VirtualService name: they may know them from us alone. */
function neededSubsets(wanted: Traffic, live: LiveRouting): readonly Version[] {
  const own = ownSubsets(wanted, live);
  const named = namedSubsets(wanted.service, live.virtualService);
  const beside = definedBeside(wanted, live);
  const kept = subsetsOf(live).filter((name) => named.includes(name) && !beside.includes(name));
  return [...own, ...kept];
}

/** Of subsets that no route names any more. */
function removal(wanted: Traffic, live: LiveRouting, now: Instant): NextWrite {
  const { destinationRule: rule } = live;
  const needed = neededSubsets(wanted, live);
  const isTidy = subsetsOf(live).every((name) => needed.includes(name));
  if (rule === undefined || (isTidy && needed.length > 0)) return { do: 'nothing' };
  const { resourceVersion } = rule.metadata;
  const place = routingName(wanted.service);
  const because = 'proxies forget the old subsets';
  return afterSettling(live.virtualServiceSince, removalTime, now, because, () =>
    needed.length === 0
      ? { do: 'remove', kind: 'DestinationRule', place, resourceVersion }
      : write(renderDestinationRule({ ...wanted, subsets: needed }), rule),
  );
}

const write = (object: IstioObject, live: LiveObject | undefined): NextWrite => ({
  do: 'write',
  object,
  ...(live === undefined ? {} : { resourceVersion: live.metadata.resourceVersion }),
});

/** A moment that is still to come was noted before the clock was set back: it is long past. */
function afterSettling(
  since: Instant | undefined,
  length: Duration,
  now: Instant,
  because: string,
  then: () => NextWrite,
): NextWrite {
  if (since === undefined || since > now) return then();
  const until = after(since, length);
  return until <= now ? then() : { do: 'wait', until, because };
}
