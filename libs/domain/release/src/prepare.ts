import { unexposed } from '@spillway/domain-traffic';
import { generation, type Instant } from '@spillway/kernel';
import { endpointsBlock } from './blockers.js';
import { act, wait, type Decision } from './decision.js';
import { undistributed } from './distribution.js';
import type { HoldReason } from './hold.js';
import type { Observation } from './observation.js';
import { isUnreachable } from './reach.js';
import type { Release, Rollout } from './release.js';

/**
 * Tells every cluster to have both subsets and a route that names stable only.
 * Not before stable is known to have ready endpoints there: the first route for
 * a service takes its traffic away from every pod that the subset does not select.
 */
export function startPreparing(
  release: Release,
  seen: Observation,
): Decision | { readonly hold: HoldReason } {
  const all = release.plan.waves.flat();
  const block = endpointsBlock(release, 'stable', seen, all);
  if (block === 'unknown') return wait(`reads the endpoints of ${release.stable}`);
  if (block !== undefined) return { hold: block };
  const clusters = all.map((cluster) => ({ cluster, ...unexposed }));
  const traffic = { generation: generation(release.generation + 1), clusters };
  const where = clusters.map(({ cluster }) => cluster).join(', ');
  return act(
    { type: 'preparationStarted', traffic },
    `defines ${release.stable} and ${release.candidate} in ${where}`,
  );
}

/** Make before break: no weight anywhere before both subsets are everywhere. */
export function prepare(
  release: Release,
  seen: Observation,
  now: Instant,
): Decision | { readonly hold: HoldReason } {
  const open = unapplied(release, seen).map(({ cluster }) => cluster);
  if (open.length > 0) return wait(`waits for ${open.join(', ')} to read back its routing`);
  const behind = undistributed(release, seen, now);
  if (behind !== undefined) return behind;
  return act({ type: 'prepared' }, 'both versions can be routed to in every cluster');
}

/** Clusters that could have read back their desired generation and did not yet. */
export const unapplied = (release: Release, seen: Observation): readonly Rollout[] =>
  release.rollouts.filter(
    ({ cluster, applied }) => applied === undefined && !isUnreachable(seen, cluster),
  );
