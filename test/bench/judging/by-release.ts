import {
  judgeMetric,
  type AnalysisPolicy,
  type Measurement,
  type MetricSpec,
} from '@spillway/domain-analysis';
import { begin, evolve, judgeAll, type Plan, type Release } from '@spillway/domain-release';
import {
  basisPoints,
  duration,
  generation,
  releaseId,
  serviceName,
  strategyName,
  version,
} from '@spillway/kernel';
import type { Harmful } from './guard.js';
import { atLook, clusterNames, measurementsOf, start } from './measurements.js';
import { lookEvery, metricNames, specs, type MetricName } from './specs.js';
import type { Look, Step } from './traffic.js';

const said = { because: 'the bench says so', actor: 'bench' };

interface Course {
  readonly steps: readonly Step[];
  readonly clusters: number;
  readonly metrics: readonly MetricSpec[];
  readonly policy: AnalysisPolicy;
}

function planOf({ steps, clusters, metrics, policy }: Course): Plan {
  return {
    waves: [clusterNames.slice(0, clusters)],
    steps: steps.map(({ looks }) => ({
      wave: 0,
      kind: 'bake',
      length: duration(looks * lookEvery),
      metrics,
    })),
    maxUnavailableClusters: 0,
    analysis: policy,
  };
}

/** A release in its first step, with requests for the candidate in every cluster. */
export function releaseOf(course: Course): Release {
  const { clusters } = course;
  const created = begin({
    type: 'created',
    ...said,
    at: start,
    id: releaseId('00000000-0000-4000-8000-000000000001'),
    service: serviceName('shop/catalog'),
    stable: version('v1'),
    candidate: version('v2'),
    strategy: { name: strategyName('canary'), version: 1 },
    plan: planOf(course),
    description: '',
    generation: generation(0),
  });
  const live = generation(1);
  const rollouts = clusterNames.slice(0, clusters).map((cluster) => ({
    cluster,
    wave: 0,
    desired: { generation: live, weight: basisPoints(500) },
    applied: { generation: live, at: start },
  }));
  const cursor = { index: 0, started: true, enteredAt: start };
  return { ...created, phase: 'progressing', generation: live, rollouts, cursor };
}

/** As the control plane judges: a release and its measurements, anew at each look. Slow, and the truth. */
export function firstHarmByRelease(
  clusters: readonly (readonly Look[])[],
  steps: readonly Step[],
  policy: AnalysisPolicy,
  metrics: readonly MetricName[] = metricNames,
): Harmful | undefined {
  let release = releaseOf({ steps, clusters: clusters.length, metrics: specs, policy });
  let first = 0;
  for (const [index, { looks: length }] of steps.entries()) {
    const measured = clusters.flatMap((all, cluster) => {
      const looks = all.slice(first, first + length);
      return metrics.map((metric) => measurementsOf(metric, cluster, looks, first));
    });
    for (let seen = 1; seen <= length; seen += 1) {
      const failed = verdictsAt(release, measured, seen, first).find(({ kind }) => kind === 'fail');
      if (failed !== undefined) return { look: first + seen, metric: failed.evidence.metric };
    }
    const verdicts = verdictsAt(release, measured, length, first);
    first += length;
    const at = atLook(first);
    release = evolve(release, { type: 'stepCompleted', ...said, at, index, verdicts });
    release = evolve(release, { type: 'stepStarted', ...said, at, index: index + 1 });
  }
  return undefined;
}

const verdictsAt = (
  release: Release,
  measured: readonly (readonly Measurement[])[],
  seen: number,
  first: number,
) =>
  judgeAll(
    release,
    { clusters: new Map(), measurements: measured.flatMap((all) => all.slice(0, seen)) },
    judgeMetric,
    atLook(first + seen),
  );
