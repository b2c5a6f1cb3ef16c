import type { MetricSpec, Reading } from '@spillway/domain-analysis';
import { measuredSteps, type Plan, type Release } from '@spillway/domain-release';
import { instant, type ClusterName, type Instant } from '@spillway/kernel';
import { samplingOf } from '../loop/sampling.js';
import type { ClusterRecord } from '../port/cluster-store.js';
import type { ServiceRecord } from '../port/service-store.js';
import { readMetric, type ReadingDeps } from '../reading/read-metric.js';
import { lookBack, outlookOf, type MetricOutlook } from './metric-outlook.js';

interface Subject {
  readonly clusters: readonly ClusterRecord[];
  readonly service: ServiceRecord;
  readonly release: Release;
  readonly now: Instant;
}

/**
 * Asks every metric of the plan for stable, as a release will ask it for the candidate: one that
 * never has data is found here, and not when traffic already flows.
 */
export async function lookAtMetrics(
  cluster: ClusterName,
  { clusters, service, release, now }: Subject,
  deps: ReadingDeps,
): Promise<readonly MetricOutlook[]> {
  const record = clusters.find(({ name }) => name === cluster);
  if (record === undefined) return [];
  const lag = samplingOf([record]).get(cluster)?.lag ?? 0;
  const at = instant(Math.floor((now - lag) / 1_000) * 1_000);
  const { stable, plan } = release;
  return Promise.all(
    metricsOf(plan).map(async (spec) => {
      const question = { query: spec.query, service, stable, candidate: stable, at };
      const reading: Reading = await readMetric({ ...question, window: lookBack }, record, deps);
      return outlookOf(spec, reading, measuredSteps(plan, spec, cluster));
    }),
  );
}

/** Every metric of the plan, once. */
function metricsOf({ steps, bakeAfterPromotion }: Plan): readonly MetricSpec[] {
  const all = [
    ...steps.flatMap((step) => ('metrics' in step ? step.metrics : [])),
    ...(bakeAfterPromotion?.metrics ?? []),
  ];
  return all.filter(({ name }, i) => all.findIndex((one) => one.name === name) === i);
}
