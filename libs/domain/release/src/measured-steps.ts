import type { MetricSpec } from '@spillway/domain-analysis';
import {
  NOTHING,
  duration,
  type BasisPoints,
  type ClusterName,
  type Duration,
} from '@spillway/kernel';
import { metricsOf } from './active-metrics.js';
import { otherUsers } from './analysis.js';
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
  /** How many times stable's rate is no harm yet: what the metric allows, and more where a cookie or a route picks users. */
  readonly allowed: number;
}

/** What is looked for where a step does not say it: twice stable's rate, or twice what is allowed. */
const usual = (allowed: number): Detection => ({
  ratio: allowed < 2 ? 2 : 2 * allowed,
  power: 0.9,
});

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
  let routes = 0;
  for (const [index, step] of plan.steps.entries()) {
    const metrics = metricsOf(step);
    if (step.wave === wave) {
      if (step.kind === 'setWeight') ({ weight } = step);
      if (step.kind === 'route') routes += 1;
      if (step.kind === 'removeRoute') routes -= 1;
      const own = metrics.find(({ name }) => name === spec.name);
      if (own !== undefined) {
        // What is healthy in one step has used up, for the next, all that was started before.
        const healthy = { metric: spec.name, cluster, logSum: -Infinity };
        const sums = found.length === 0 ? [] : [healthy];
        const alpha = alphaHere(spec, cluster, courseOf({ plan, shown: { steps: done, sums } }));
        const allowed = allowedBy(own, plan.sticky !== undefined || routes > 0);
        found.push({
          step: index,
          weight,
          alpha,
          allowed,
          ...usual(allowed),
          ...lengthOf(step, own),
        });
      }
    }
    if (metrics.length > 0) done += 1;
  }
  return found;
}

function allowedBy({ judge }: MetricSpec, isPicked: boolean): number {
  const allowed = judge !== undefined && 'maxRatio' in judge ? judge.maxRatio : 1;
  return isPicked ? allowed * otherUsers : allowed;
}

function lengthOf(
  step: Step,
  { initialDelay, interval, window, count }: MetricSpec,
): { readonly length: Duration } & Partial<Detection> {
  if (step.kind === 'bake') return { length: step.length, ...step.toFind };
  return { length: duration(initialDelay + window + (count - 1) * interval) };
}
