import type { ClusterName, Generation } from '@spillway/kernel';
import type { TrafficChange } from './event.js';
import type { Release, Rollout } from './release.js';

/** The release with other desired traffic in the named clusters; the others keep theirs. */
export function withTraffic(release: Release, { generation, clusters }: TrafficChange): Release {
  const exposures = new Map(clusters.map(({ cluster, ...exposure }) => [cluster, exposure]));
  const rollouts = release.plan.waves.flatMap((wave, index) =>
    wave.flatMap((cluster) => {
      const exposure = exposures.get(cluster);
      const known = release.rollouts.filter((rollout) => rollout.cluster === cluster);
      if (exposure === undefined) return known;
      return [
        { cluster, wave: index, desired: { generation, ...exposure }, ...healingOf(known[0]) },
      ];
    }),
  );
  return { ...release, generation, rollouts };
}

/** What became of the desired traffic in one cluster. Late news of an older generation changes nothing. */
export const withRollout = (
  release: Release,
  about: { readonly cluster: ClusterName; readonly generation: Generation },
  outcome: Pick<Rollout, 'applied' | 'refused' | 'drifted' | 'healed'>,
): Release => ({
  ...release,
  rollouts: release.rollouts.map(({ cluster, wave, desired, ...before }) =>
    cluster === about.cluster && desired.generation === about.generation
      ? { cluster, wave, desired, ...healingOf(before), ...outcome }
      : { cluster, wave, desired, ...before },
  ),
});

const healingOf = (rollout: Pick<Rollout, 'healed'> | undefined): Pick<Rollout, 'healed'> =>
  rollout?.healed === undefined ? {} : { healed: rollout.healed };

/** What is known of routing that was applied. News of routing that is not any more changes nothing. */
export const withProof = (
  release: Release,
  about: { readonly cluster: ClusterName; readonly generation: Generation },
  proven: (before: Rollout) => Rollout,
): Release => ({
  ...release,
  rollouts: release.rollouts.map((before) =>
    before.cluster === about.cluster && before.applied?.generation === about.generation
      ? proven(before)
      : before,
  ),
});
