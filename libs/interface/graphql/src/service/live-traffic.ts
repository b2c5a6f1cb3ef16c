import type { ReleaseView, ServiceView } from '@spillway/interface-contract';
import { rolloutNodes, type RolloutView } from '../release/nodes.js';

export interface LiveVersion {
  readonly version: string;
  readonly weight: number;
}

/** What one cluster gives to whom. */
export interface LiveTraffic {
  readonly cluster: string;
  readonly versions: readonly LiveVersion[];
  readonly applied: boolean;
  readonly since: string | null;
  readonly rollout: RolloutView | null;
  readonly release: ReleaseView | null;
}

/** Each cluster of a service, as the release that wrote its routing last left it. */
export function liveTraffic(
  { clusters, stable }: Pick<ServiceView, 'clusters' | 'stable'>,
  latest: ReleaseView | null,
): readonly LiveTraffic[] {
  const rollouts = latest === null ? [] : rolloutNodes(latest);
  return clusters.map((cluster): LiveTraffic => {
    const rollout = rollouts.find((one) => one.cluster === cluster);
    if (latest === null || rollout === undefined) return untouched(cluster, stable);
    return {
      cluster,
      versions: split(latest, rollout),
      applied: rollout.applied,
      since: rollout.applied ? (rollout.appliedAt ?? null) : null,
      rollout,
      release: latest,
    };
  });
}

/** Where nobody has released yet all requests go to the version that people said. */
const untouched = (cluster: string, stable: string): LiveTraffic => ({
  cluster,
  versions: [{ version: stable, weight: 100 }],
  applied: true,
  since: null,
  rollout: null,
  release: null,
});

const split = (
  { candidate, stable }: ReleaseView,
  { weight }: RolloutView,
): readonly LiveVersion[] =>
  [
    { version: candidate, weight },
    // In hundredths of a percent, so that 0.1 and 99.9 are 100.
    { version: stable, weight: (10_000 - Math.round(weight * 100)) / 100 },
  ]
    .filter((one) => one.weight > 0)
    .sort((a, b) => b.weight - a.weight);
