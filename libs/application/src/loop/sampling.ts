import { promptSampling, type Sampling } from '@spillway/domain-analysis';
import { duration, type ClusterName } from '@spillway/kernel';
import type { ClusterRecord } from '../port/cluster-store.js';

/** How metrics come about in each of these clusters, by what their records say. */
export const samplingOf = (
  clusters: readonly ClusterRecord[],
): ReadonlyMap<ClusterName, Sampling> =>
  new Map(clusters.map(({ name, metrics }) => [name, samplingBy(metrics)]));

function samplingBy(metrics: ClusterRecord['metrics']): Sampling {
  if (metrics.kind !== 'prometheus') return promptSampling;
  return { resolution: duration(metrics.scrapeIntervalMs), lag: duration(metrics.lagMs) };
}
