import type { Release, ReleaseEvent } from '@spillway/domain-release';
import { EVERYTHING } from '@spillway/kernel';
import type { Decided } from './decisions.js';

type WaveTakenBack = Extract<ReleaseEvent, { type: 'waveTakenBack' }>;

/** How what the clusters of a release have goes beyond what it may have by itself; `undefined` within that. */
export function beyond({ limits }: Decided, weights: readonly number[]): string | undefined {
  const { clusters = EVERYTHING, traffic = EVERYTHING } = limits ?? {};
  const served = weights.filter((weight) => weight > 0).length;
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (served > (weights.length * clusters) / EVERYTHING) {
    return `${served} of ${weights.length} clusters, where ${clusters} are the limit`;
  }
  return sum > weights.length * traffic
    ? `${sum} in all, where ${traffic} are the limit`
    : undefined;
}

/** Clusters of other waves that a wave takes with it on its way back; those that it leaves behind. */
export function notOfWave(
  { rollouts }: Release,
  { wave, traffic }: WaveTakenBack,
): readonly string[] {
  const named = traffic.clusters.map(({ cluster }) => cluster);
  return rollouts
    .filter((one) => (one.wave === wave ? one.desired.weight > 0 : named.includes(one.cluster)))
    .map(({ cluster }) => cluster);
}
