import type { Measurement } from '@spillway/domain-analysis';
import type { ClusterName } from '@spillway/kernel';

/** What was measured of one metric in one cluster, in the order of its windows. */
export type Series = (metric: string, cluster: ClusterName) => readonly Measurement[];

/** Sorts measurements out once for all who look at a metric of a cluster: there are clusters × metrics of those. */
export function seriesOf(measurements: readonly Measurement[]): Series {
  const byCluster = new Map<ClusterName, Map<string, Measurement[]>>();
  for (const one of measurements) {
    const byMetric = byCluster.get(one.cluster) ?? new Map<string, Measurement[]>();
    byCluster.set(one.cluster, byMetric);
    const own = byMetric.get(one.metric);
    if (own === undefined) byMetric.set(one.metric, [one]);
    else own.push(one);
  }
  return (metric, cluster) => byCluster.get(cluster)?.get(metric) ?? [];
}
