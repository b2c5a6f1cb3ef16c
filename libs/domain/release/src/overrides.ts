import type { MetricSpec } from '@spillway/domain-analysis';
import { selects, type Cluster, type Wave } from '@spillway/domain-topology';
import type { ClusterName } from '@spillway/kernel';
import type { MetricBounds } from './metric-bounds.js';
import type { Plan } from './plan.js';
import type { ClusterOverride } from './strategy.js';

const overrideOf = (
  overrides: readonly ClusterOverride[],
  cluster: Cluster,
): ClusterOverride | undefined => overrides.find((override) => selects(override, cluster));

/** Clusters of a wave take their steps together, so the slowest says how long they take. */
export const slowestPace = (
  overrides: readonly ClusterOverride[],
  clusters: readonly Cluster[],
  wave: Wave,
): number =>
  Math.max(
    ...clusters
      .filter(({ name }) => wave.includes(name))
      .map((cluster) => overrideOf(overrides, cluster)?.pace ?? 1),
  );

/** The overridden limits of metrics, cluster by cluster. */
export function boundsOf(
  overrides: readonly ClusterOverride[],
  clusters: readonly Cluster[],
): Pick<Plan, 'bounds'> {
  const bounds = clusters.flatMap((cluster) =>
    (overrideOf(overrides, cluster)?.bounds ?? []).map((one) => ({
      cluster: cluster.name,
      ...one,
    })),
  );
  return bounds.length === 0 ? {} : { bounds };
}

/** A metric with the limits that it has in a cluster. */
export function boundedIn({ bounds }: Plan, cluster: ClusterName, spec: MetricSpec): MetricSpec {
  const own = bounds?.find((one) => one.cluster === cluster && one.metric === spec.name);
  return own === undefined ? spec : withBounds(spec, own);
}

/** The metric with other limits; absent ones stay. */
export const withBounds = (spec: MetricSpec, { min, max }: MetricBounds): MetricSpec => ({
  ...spec,
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
