import type { MetricSpec } from '@spillway/domain-analysis';
import {
  NOTHING,
  duration,
  type BasisPoints,
  type ClusterName,
  type Duration,
} from '@spillway/kernel';
import { metricsOf } from './active-metrics.js';
import { alphaHere } from './detection.js';
import type { Detection, Plan, Step } from './plan.js';
import { courseOf } from './shown.js';

/** A step that measures a metric in a cluster whose wave it is. */
export interface MeasuredStep extends Detection {
  readonly step: number;
  readonly weight: BasisPoints;
  readonly length: Duration;
  /** What the step can spend of α by itself. */
  readonly alpha: number;
}

/** What is looked for where a step does not say it. */
const usual: Detection = { ratio: 2, power: 0.9 };

/** In which steps of its own wave a cluster measures a metric, at which weight and for how long. */
export function measuredSteps(
  plan: Plan,
  spec: MetricSpec,
  cluster: ClusterName,
): readonly MeasuredStep[] {
  const wave = plan.waves.findIndex((clusters) => clusters.includes(cluster));
  const found: MeasuredStep[] = [];
  let weight: BasisPoints = NOTHING;
  let done = 0;
  for (const [index, step] of plan.steps.entries()) {
    const metrics = metricsOf(step);
    if (step.wave === wave) {
      if (step.kind === 'setWeight') ({ weight } = step);
      const own = metrics.find(({ name }) => name === spec.name);
      if (own !== undefined) {
        // What is healthy in one step has used up, for the next, all that was started before.
        const healthy = { metric: spec.name, cluster, logSum: -Infinity };
        const sums = found.length === 0 ? [] : [healthy];
        const alpha = alphaHere(spec, cluster, courseOf({ plan, shown: { steps: done, sums } }));
        found.push({ step: index, weight, alpha, ...usual, ...lengthOf(step, own) });
      }
    }
    if (metrics.length > 0) done += 1;
  }
  return found;
}

function lengthOf(
  step: Step,
  { initialDelay, interval, window, count }: MetricSpec,
): { readonly length: Duration } & Partial<Detection> {
  if (step.kind === 'bake') return { length: step.length, ...step.toFind };
  return { length: duration(initialDelay + window + (count - 1) * interval) };
}
