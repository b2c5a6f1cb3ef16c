import {
  afterStep,
  weighEvidence,
  type AnalysisPolicy,
  type ReleaseCourse,
  type ShownSum,
  type Verdict,
} from '@spillway/domain-analysis';
import { shownBy, type Shown } from './evidence.js';
import { clusterNames } from './measurements.js';
import { guardrails, specs, type MetricName } from './specs.js';
import type { Look, Step } from './traffic.js';

/** What one metric shows in one cluster and step. */
interface Course {
  readonly metric: MetricName;
  readonly cluster: number;
  readonly shown: Shown;
}

/** What all judges show, step by step; a step is judged when it is asked for. */
export interface Courses {
  readonly planned: number;
  readonly clusters: number;
  readonly steps: Iterable<readonly Course[]>;
}

/** Every judge's course over the looks of each step; a judge starts anew at each. */
export const coursesOf = (
  clusters: readonly (readonly Look[])[],
  steps: readonly Step[],
  metrics: readonly MetricName[],
): Courses => ({
  planned: steps.length,
  clusters: clusters.length,
  steps: stepCourses(clusters, steps, metrics),
});

function* stepCourses(
  clusters: readonly (readonly Look[])[],
  steps: readonly Step[],
  metrics: readonly MetricName[],
): Generator<readonly Course[]> {
  let first = 0;
  for (const { looks: length } of steps) {
    const [from, to] = [first, first + length];
    first = to;
    yield clusters.flatMap((all, cluster) => {
      const step = { looks: all.slice(from, to), cluster, first: from };
      return metrics.map((metric) => ({ metric, cluster, shown: shownBy[metric](step) }));
    });
  }
}

/** What the guard is asked at each look of a release, in order. */
export interface GuardLook {
  /** Counted from 1. */
  readonly look: number;
  readonly verdicts: readonly Verdict[];
  readonly course: Omit<ReleaseCourse, 'policy'>;
}

export function* guardLooks({ planned, clusters, steps }: Courses): Generator<GuardLook> {
  let shown: readonly ShownSum[] = [];
  let [look, done] = [0, 0];
  for (const courses of steps) {
    const course = { metrics: specs, clusters, steps: { planned, done }, shown };
    const length = courses[0]?.shown.length ?? 0;
    for (let i = 0; i < length; i += 1) {
      look += 1;
      yield { look, verdicts: courses.flatMap((one) => verdictOf(one, i)), course };
    }
    shown = sumsAfter(courses, course);
    done += 1;
  }
}

/** The release's own rule for what a step leaves behind. */
function sumsAfter(
  courses: readonly Course[],
  { shown, steps }: Omit<ReleaseCourse, 'policy'>,
): readonly ShownSum[] {
  return courses.flatMap(({ metric, cluster: index, shown: of }) => {
    const logE = of.at(-1)?.logE;
    const cluster = clusterNames[index];
    if (logE === undefined || cluster === undefined) return [];
    const before = shown.find((sum) => sum.metric === metric && sum.cluster === cluster);
    return [{ metric, cluster, logSum: afterStep(before?.logSum, logE, steps) }];
  });
}

const nothingCounted = {
  measured: 0,
  passed: 0,
  failed: 0,
  belowMinSample: 0,
  empty: 0,
  notANumber: 0,
  consecutiveErrors: 0,
  requests: 0,
};

function verdictOf({ metric, cluster: index, shown }: Course, look: number): readonly Verdict[] {
  const at = shown[look];
  const cluster = clusterNames[index];
  const judge = guardrails[metric].judge?.kind;
  if (at === undefined || cluster === undefined || judge === undefined) return [];
  const { logE, pValue } = at;
  const arms = { candidate: { n: 0 }, stable: { n: 0 } };
  const value = pValue === undefined ? { logE: logE ?? 0 } : { pValue };
  const comparison = { judge, ...arms, isEnough: true, because: '', ...value };
  const evidence = { metric, cluster, ...nothingCounted, comparison };
  return [{ kind: 'running', because: '', evidence }];
}

export interface Harmful {
  readonly look: number;
  readonly metric: string;
}

/** The verdicts of this look, put together by the release's own rules. */
export const weighLook = (
  { verdicts, course }: GuardLook,
  policy: AnalysisPolicy,
): readonly Verdict[] => weighEvidence(verdicts, { ...course, policy });

/** What the release would be rolled back for at this look. */
export function judgeLook(at: GuardLook, policy: AnalysisPolicy): Harmful | undefined {
  const failed = weighLook(at, policy).find(({ kind }) => kind === 'fail');
  return failed && { look: at.look, metric: failed.evidence.metric };
}

/** The look at which a release is rolled back, if it is. */
export function firstHarm(courses: Courses, policy: AnalysisPolicy): Harmful | undefined {
  for (const at of guardLooks(courses)) {
    const found = judgeLook(at, policy);
    if (found !== undefined) return found;
  }
  return undefined;
}
