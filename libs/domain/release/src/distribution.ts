import { after, duration, earliest, type Instant } from '@spillway/kernel';
import { wait, type Decision } from './decision.js';
import type { HoldReason } from './hold.js';
import type { Observation } from './observation.js';
import { clustersInPlay, isUnreachable } from './reach.js';
import type { Release, Rollout } from './release.js';

/** From the read-back on. Meshes of thousands of proxies take tens of seconds (istio §4.4). */
const patience = duration(60_000);

/**
 * What a plan that verifies distribution still waits for: the proxies of every
 * reachable cluster in play. Going back never asks: proxies that are behind are
 * no reason to leave traffic where it should not be.
 */
export function undistributed(
  release: Release,
  seen: Observation,
  now: Instant,
): Decision | { readonly hold: HoldReason } | undefined {
  if (release.plan.verify !== 'distributed') return undefined;
  const open = unproven(release, seen);
  if (open.length === 0) return undefined;
  const late = open.find((rollout) => giveUpAt(rollout) <= now);
  if (late !== undefined) return { hold: notDistributed(late) };
  return wait(`waits for ${open.map(theProxies).join(', ')}`, earliest(open.map(giveUpAt)));
}

type Applied = Rollout & { readonly applied: Exclude<Rollout['applied'], undefined> };

function unproven(release: Release, seen: Observation): readonly Applied[] {
  const inPlay = clustersInPlay(release);
  return release.rollouts.filter(
    (rollout): rollout is Applied =>
      rollout.applied !== undefined &&
      rollout.distributed === undefined &&
      inPlay.includes(rollout.cluster) &&
      !isUnreachable(seen, rollout.cluster),
  );
}

const giveUpAt = ({ applied }: Applied): Instant => after(applied.at, patience);

const theProxies = ({ cluster, desired }: Rollout): string =>
  `the proxies of ${cluster} to have generation ${desired.generation}`;

const notDistributed = ({ cluster, desired, delayed }: Rollout): HoldReason => ({
  kind: 'notDistributed',
  cluster,
  detail:
    delayed ?? `the proxies of ${cluster} are not known to have generation ${desired.generation}`,
});
