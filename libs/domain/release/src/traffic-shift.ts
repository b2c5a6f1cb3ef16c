import type { Wave } from '@spillway/domain-topology';
import { isExposed, isSameExposure } from '@spillway/domain-traffic';
import { generation, type Instant } from '@spillway/kernel';
import { endpointsBlock } from './blockers.js';
import { act, wait, type Decision } from './decision.js';
import { describeGain } from './describe-step.js';
import { undistributed } from './distribution.js';
import { exposureAfter } from './exposure-after.js';
import type { Held } from './hold.js';
import type { Observation } from './observation.js';
import type { TrafficStep } from './plan.js';
import { unapplied } from './prepare.js';
import type { Release } from './release.js';

/** What is not in force yet of what clusters were told to have; `undefined` when all is. */
export const inForce = (
  release: Release,
  seen: Observation,
  now: Instant,
): Decision | Held | undefined => readBack(release, seen) ?? undistributed(release, seen, now);

/** The clusters that do not have what they were told to have, and why where it is known. */
function readBack(release: Release, seen: Observation): Decision | Held | undefined {
  const open = unapplied(release, seen);
  if (open.length === 0) return undefined;
  const rising = open.filter(({ desired }) => isExposed(desired));
  const block = endpointsBlock(
    release,
    'candidate',
    seen,
    rising.map(({ cluster }) => cluster),
  );
  if (block !== undefined && block !== 'unknown') return { hold: block };
  return wait(
    `waits for ${open.map(({ cluster }) => cluster).join(', ')} to read back its routing`,
  );
}

/** Takes the step in these clusters, where they have not and may; `undefined` when all were told. */
export function shiftTo(
  release: Release,
  seen: Observation,
  clusters: Wave,
  step: TrafficStep,
): Decision | Held | undefined {
  const behind = release.rollouts.flatMap(
    ({ cluster, desired: { generation: _of, ...before } }) => {
      const wanted = exposureAfter(step, before);
      if (!clusters.includes(cluster) || isSameExposure(wanted, before)) return [];
      return [{ cluster, ...wanted }];
    },
  );
  if (behind.length === 0) return undefined;
  const names = behind.map(({ cluster }) => cluster);
  const exposed = behind.filter(isExposed).map(({ cluster }) => cluster);
  const block = endpointsBlock(release, 'candidate', seen, exposed);
  if (block === 'unknown') return wait(`reads the endpoints of ${release.candidate}`);
  if (block !== undefined) return { hold: block };
  const traffic = { generation: generation(release.generation + 1), clusters: behind };
  const because = `${release.candidate} gets ${describeGain(step)} in ${names.join(', ')}`;
  return act({ type: 'trafficShifted', traffic }, because);
}
