import { earliest, type ClusterName, type Instant } from '@spillway/kernel';
import type { HoldReason } from '../hold.js';
import type { Freeze, Observation } from '../observation.js';
import type { Release } from '../release.js';
import type { Increase, IncreaseBlock } from './increase.js';

/** A freeze window in force where traffic would rise, unless somebody overrode it for this release. */
export const freezeBlock: IncreaseBlock = (release, seen, increase, now) => {
  const freezes = freezesIn(release, seen, increase.clusters, now);
  return freezes.length === 0 ? undefined : { hold: frozenHold(freezes, increase) };
};

/** The windows that keep this release from giving more to these clusters now. */
export function freezesIn(
  { overriddenFreezes = [] }: Release,
  { freezes = [] }: Observation,
  clusters: readonly ClusterName[],
  now: Instant,
): readonly Freeze[] {
  const isOverridden = ({ window }: Freeze): boolean =>
    overriddenFreezes.some(
      (one) => one.window === window && (one.until === undefined || now < one.until),
    );
  return freezes.filter(
    (freeze) =>
      (freeze.until === undefined || now < freeze.until) &&
      freeze.clusters.some((cluster) => clusters.includes(cluster)) &&
      !isOverridden(freeze),
  );
}

/** The last of several ends decides, but a window may be changed before: the first end is when to look. */
function frozenHold(freezes: readonly Freeze[], { clusters }: Increase): HoldReason {
  const windows = freezes.map(({ window }) => window).toSorted();
  const until = earliest(freezes.map((freeze) => freeze.until));
  return {
    kind: 'frozen',
    windows,
    clusters: clusters.filter((cluster) => freezes.some((one) => one.clusters.includes(cluster))),
    detail: freezes.map(describeFreeze).join('; '),
    ...(until === undefined ? {} : { until }),
  };
}

/** `frozen by "weekend" until 2026-01-12T07:00:00.000Z: nobody is there`. */
const describeFreeze = ({ window, until, because }: Freeze): string => {
  const end = until === undefined ? 'without an end' : `until ${new Date(until).toISOString()}`;
  return `frozen by "${window}" ${end}${because === '' ? '' : `: ${because}`}`;
};
