import { NOTHING, basisPoints, generation, instant, type ClusterName } from '@spillway/kernel';
import type { ClusterSeen, Observation } from '../observation.js';
import type { Release, Rollout } from '../release.js';
import { aMoment, aRelease } from './a-release.js';

type Reachable = Extract<ClusterSeen, { kind: 'reachable' }>;

/** A cluster that answers, with three ready endpoints of both versions. */
export const reachable = (overrides: Partial<Reachable> = {}): ClusterSeen => ({
  kind: 'reachable',
  candidateEndpoints: 3,
  stableEndpoints: 3,
  ...overrides,
});

export const unreachable = (reason = 'connection refused'): ClusterSeen => ({
  kind: 'unreachable',
  since: aMoment,
  reason,
});

/** Every cluster of the release has what it should have and answers, but for those that are given. */
export const anObservation = (
  release: Release,
  others: Readonly<Record<string, ClusterSeen>> = {},
  measurements: Observation['measurements'] = [],
): Observation => {
  const own = (cluster: ClusterName): ClusterSeen => {
    const inForce = release.rollouts.find((one) => one.cluster === cluster)?.desired.generation;
    return reachable(inForce === undefined ? {} : { inForce });
  };
  const clusters = release.plan.waves.flat().map((cluster) => {
    return [cluster, others[cluster] ?? own(cluster)] as const;
  });
  return { clusters: new Map(clusters), measurements };
};

/** A release in the midst of its plan: everywhere applied at `aMoment`, at one weight, in generation 2. */
export const aRunningRelease = (
  overrides: Partial<Release> = {},
  weight: number = NOTHING,
  rollout: Partial<Rollout> = {},
): Release => {
  const last = generation(2);
  const release = aRelease({ phase: 'progressing', generation: last, ...overrides });
  if (overrides.rollouts !== undefined) return release;
  const rollouts = release.rollouts.map(({ cluster, wave }) => ({
    cluster,
    wave,
    desired: { generation: last, weight: basisPoints(weight) },
    applied: { generation: last, at: instant(aMoment) },
    ...rollout,
  }));
  return { ...release, rollouts };
};

/** The rollouts as they are before any cluster has read back. */
export const unread = (rollouts: readonly Rollout[]): readonly Rollout[] =>
  rollouts.map(({ cluster, wave, desired }) => ({ cluster, wave, desired }));
