import { isFinal, type Release, type Rollout } from '@spillway/domain-release';
import { formatPercent, type ClusterName } from '@spillway/kernel';
import { rootKey, type OpenSpan } from './open-span.js';
import type { Attributes } from './span.js';
import { stageOf } from './stage-of.js';
import { waitOf } from './wait-of.js';

/** What a release is in the midst of. Two processes that look at the same release see the same. */
export function openSpans(release: Release): readonly OpenSpan[] {
  if (isFinal(release.phase)) return [];
  const stage = stageOf(release);
  const wait = waitOf(release);
  const within = stage?.key ?? rootKey;
  return [
    { key: rootKey, name: 'release', attributes: intentOf(release), failsBy: 'rolledBack' },
    ...(stage === undefined ? [] : [stage]),
    ...(wait === undefined ? [] : [{ ...wait, within }]),
    ...release.rollouts.flatMap((rollout) => trafficOf(rollout, within)),
  ];
}

/** Key of the span in which something happens to a release now, or to it in one of its clusters. */
export function keyOfNow(release: Release, cluster?: ClusterName): string {
  if (isFinal(release.phase)) return rootKey;
  const rollout = release.rollouts.find((one) => one.cluster === cluster);
  if (rollout !== undefined && rollout.applied === undefined) return trafficKey(rollout);
  return stageOf(release)?.key ?? rootKey;
}

/** From the moment when a cluster is to have a routing until it reads it back; anew when it is healed. */
export const trafficKey = ({ cluster, desired, healed }: Rollout): string =>
  `traffic ${cluster} ${desired.generation} ${healed?.times ?? 0}`;

const intentOf = (release: Release): Attributes => ({
  'spillway.service': release.service,
  'spillway.stable': release.stable,
  'spillway.candidate': release.candidate,
  'spillway.strategy': `${release.strategy.name} ${release.strategy.version}`,
  'spillway.actor': release.requestedBy,
});

function trafficOf(rollout: Rollout, within: string): readonly OpenSpan[] {
  const { cluster, desired, applied, distributed } = rollout;
  const key = trafficKey(rollout);
  const attributes = {
    'spillway.cluster': cluster,
    'spillway.generation': desired.generation,
    'spillway.weight': formatPercent(desired.weight),
  };
  if (applied === undefined) return [{ key, name: 'traffic', attributes, within }];
  if (distributed !== undefined) return [];
  // Where nobody asks the proxies it ends without a result, when something else is wanted.
  const endsBy = 'trafficDistributed';
  return [{ key: `verify ${key}`, name: 'verify', attributes, within: key, endsBy }];
}
