import { after, duration, type Duration, type Instant, type Version } from '@spillway/kernel';
import { isSame } from './difference.js';
import type { DestinationRule, IstioObject, LiveObject } from './istio-object.js';
import type { LiveRouting } from './live-routing.js';
import { foreignClaim } from './ownership.js';
import { liveGeneration, subsetsOf } from './parse.js';
import { renderDestinationRule, renderVirtualService } from './render.js';
import type { Traffic } from './traffic.js';

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

/** The one thing to do now so that a cluster comes to have the wanted traffic without a failed request. */
export type NextWrite =
  | { readonly do: 'write'; readonly object: IstioObject; readonly resourceVersion?: string }
  | { readonly do: 'wait'; readonly until: Instant; readonly because: string }
  /**
   * The object says that it is of a newer generation. Either whoever wants this
   * one is behind, or somebody edited the number: what was last decided tells.
   */
  | { readonly do: 'compare'; readonly resourceVersion: string; readonly because: string }
  | { readonly do: 'stop'; readonly because: string }
  | { readonly do: 'nothing' };

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
  const claim = foreignClaim(live);
  if (claim !== undefined) return { do: 'stop', because: claim };
  const newer = newerGeneration(wanted, live);
  if (newer !== undefined && newer.resourceVersion !== compared) return newer;
  if (!hasSubsets(wanted, live))
    return write(ruleWith(wanted, subsetsOf(live)), live.destinationRule);
  if (!hasRoute(wanted, live)) {
    return afterSettling(
      live.destinationRuleSince,
      settlingTime,
      now,
      'new subsets reach the proxies',
      () => write(renderVirtualService(wanted), live.virtualService),
    );
  }
  if (subsetsOf(live).every((name) => wanted.subsets.includes(name))) return { do: 'nothing' };
  return afterSettling(
    live.virtualServiceSince,
    removalTime,
    now,
    'proxies forget the old subsets',
    () => write(renderDestinationRule(wanted), live.destinationRule),
  );
}

/** Whether requests are routed as wanted. Subsets that nobody needs any more may still be there. */
export const isInForce = (wanted: Traffic, live: LiveRouting): boolean =>
  foreignClaim(live) === undefined && hasSubsets(wanted, live) && hasRoute(wanted, live);

function newerGeneration(
  wanted: Traffic,
  { virtualService }: LiveRouting,
): Extract<NextWrite, { do: 'compare' }> | undefined {
  const seen = virtualService === undefined ? undefined : liveGeneration(virtualService);
  if (virtualService === undefined || seen === undefined || seen <= wanted.generation) {
    return undefined;
  }
  return {
    do: 'compare',
    resourceVersion: virtualService.metadata.resourceVersion,
    because: `generation ${seen} is newer than ${wanted.generation}`,
  };
}

const hasRoute = (wanted: Traffic, { virtualService }: LiveRouting): boolean =>
  virtualService !== undefined && isSame(renderVirtualService(wanted), virtualService);

const hasSubsets = (wanted: Traffic, live: LiveRouting): boolean =>
  live.destinationRule !== undefined &&
  isSame(ruleWith(wanted, subsetsOf(live)), live.destinationRule);

/** The wanted subsets and those that a route may still name. */
const ruleWith = (wanted: Traffic, kept: readonly Version[]): DestinationRule =>
  renderDestinationRule({ ...wanted, subsets: [...wanted.subsets, ...kept] });

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
