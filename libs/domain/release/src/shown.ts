import {
  afterStep,
  type MetricSpec,
  type ReleaseCourse,
  type Verdict,
  defaultAnalysisPolicy,
} from '@spillway/domain-analysis';
import { metricsOf } from './active-metrics.js';
import type { Plan } from './plan.js';
import type { Release } from './release.js';

/** Whether a metric is compared by a judge that spends α; Kayenta’s keeps none. */
export const spendsAlpha = ({ judge }: MetricSpec): boolean =>
  judge !== undefined && judge.kind !== 'kayenta';

const decides = ({ dryRun }: MetricSpec): boolean => dryRun !== true;

/** The metrics of each measured step, the bake after the promotion among them. */
const measured = ({ steps, bakeAfterPromotion }: Plan): readonly (readonly MetricSpec[])[] =>
  [...steps.map(metricsOf), bakeAfterPromotion?.metrics ?? []].filter(
    (metrics) => metrics.length > 0,
  );

/** How far the release has come with what it may spend. */
export function courseOf({ plan, shown }: Pick<Release, 'plan' | 'shown'>): ReleaseCourse {
  const all = measured(plan).flat().filter(spendsAlpha).filter(decides);
  return {
    policy: plan.analysis ?? defaultAnalysisPolicy,
    metrics: all.filter(({ name }, i) => all.findIndex((one) => one.name === name) === i),
    clusters: plan.waves.flat().length,
    steps: { planned: shown?.planned ?? measured(plan).length, done: shown?.steps ?? 0 },
    shown: shown?.sums ?? [],
  };
}

/** The state after a step that was measured; others show nothing. */
export function withShown(
  release: Release,
  { index, verdicts = [] }: { readonly index: number; readonly verdicts?: readonly Verdict[] },
): Release {
  if (metricsOf(release.plan.steps[index]).length === 0) return release;
  const { steps, shown } = courseOf(release);
  const { planned } = release.shown ?? {};
  const found = verdicts.flatMap(({ evidence: { metric, cluster, comparison } }) =>
    comparison?.logE === undefined ? [] : [{ metric, cluster, logE: comparison.logE }],
  );
  const isOf = (a: { metric: string; cluster: string }) => (b: typeof a) =>
    a.metric === b.metric && a.cluster === b.cluster;
  const idle = shown.filter((sum) => !found.some(isOf(sum)));
  const sums = [...idle.map((sum) => ({ ...sum, logE: 0 })), ...found].map(
    ({ metric, cluster, logE }) => {
      const before = shown.find(isOf({ metric, cluster }))?.logSum;
      return { metric, cluster, logSum: afterStep(before, logE, steps) };
    },
  );
  const kept = planned === undefined ? {} : { planned };
  return { ...release, shown: { steps: steps.done + 1, sums, ...kept } };
}

/**
 * The same evidence under another plan. A plan with more steps gets no share for those that it has
 * more: the shares would come to more than the whole.
 */
export const withShownKept = (release: Release): Pick<Release, 'shown'> =>
  release.shown === undefined
    ? {}
    : { shown: { ...release.shown, planned: courseOf(release).steps.planned } };
