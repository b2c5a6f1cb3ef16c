import type { Wave } from '@spillway/domain-topology';
import { isExposed, isSameExposure, type Exposure } from '@spillway/domain-traffic';
import { generation, type ClusterName, type Instant } from '@spillway/kernel';
import { endpointsBlock, unwritable } from './blockers.js';
import { act, wait, type Decision } from './decision.js';
import { describeGain } from './describe-step.js';
import { undistributed } from './distribution.js';
import { exposureAfter } from './exposure-after.js';
import type { Held } from './hold.js';
import { mayIncrease } from './increase/may-increase.js';
import { raises } from './increase/raises.js';
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
  const clusters = open.map(({ cluster }) => cluster);
  // Also one whose turn is still to come: the step would wait for it, and nobody would hear why.
  const hold = unwritable(release, seen, clusters);
  if (hold !== undefined) return { hold };
  return wait(`waits for ${clusters.join(', ')} to read back its routing`);
}

/** Takes the step in these clusters, where they have not and may; `undefined` when all were told. */
export function shiftTo(
  release: Release,
  seen: Observation,
  clusters: Wave,
  step: TrafficStep,
  now: Instant,
): Decision | Held | undefined {
  const behind = changesBy(release, clusters, step);
  const rising = behind.filter(({ before, after }) => raises(before, after));
  const falling = behind.filter((change) => !rising.includes(change));
  // What takes traffic away asks nobody, and waits for nothing that concerns other clusters.
  if (falling.length > 0) return shift(release, falling, step);
  if (rising.length === 0) return undefined;
  const names = rising.map(({ cluster }) => cluster);
  const block = endpointsBlock(release, 'candidate', seen, names);
  if (block === 'unknown') return wait(`reads the endpoints of ${release.candidate}`);
  if (block !== undefined) return { hold: block };
  return mayIncrease(release, seen, { clusters: names, step }, now) ?? shift(release, rising, step);
}

interface Change {
  readonly cluster: ClusterName;
  readonly before: Exposure;
  readonly after: Exposure;
}

const changesBy = (release: Release, clusters: Wave, step: TrafficStep): readonly Change[] =>
  release.rollouts.flatMap(({ cluster, desired: { generation: _of, ...before } }) => {
    const wanted = exposureAfter(step, before);
    if (!clusters.includes(cluster) || isSameExposure(wanted, before)) return [];
    return [{ cluster, before, after: wanted }];
  });

function shift(release: Release, changes: readonly Change[], step: TrafficStep): Decision {
  const clusters = changes.map(({ cluster, after: wanted }) => ({ cluster, ...wanted }));
  const names = changes.map(({ cluster }) => cluster).join(', ');
  const traffic = { generation: generation(release.generation + 1), clusters };
  const because = `${release.candidate} gets ${describeGain(step)} in ${names}`;
  return act({ type: 'trafficShifted', traffic }, because);
}
