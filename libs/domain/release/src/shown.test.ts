import { describe, expect, it } from '@jest/globals';
import {
  afterStep,
  defaultAnalysisPolicy,
  judgeMetric,
  type MetricSpec,
  type Reading,
  type Verdict,
} from '@spillway/domain-analysis';
import { after, basisPoints, clusterName, duration } from '@spillway/kernel';
import { judgeAll } from './analysis.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { Plan } from './plan.js';
import type { Release } from './release.js';
import { courseOf, withShown } from './shown.js';
import { anObservation } from './testing/an-observation.js';
import { compared, counted, inBake, minutes } from './testing/counted.js';
import { aMetric, aMoment, aPlan, aReleaseEvent } from './testing/index.js';

const [eu, us] = ['eu', 'us'].map(clusterName) as [ReturnType<typeof clusterName>, never];
const bake = (metrics: readonly MetricSpec[]): Plan['steps'][number] => ({
  wave: 0,
  kind: 'bake',
  length: duration(120_000),
  metrics,
});
const errors = compared();
const shift: Plan['steps'][number] = {
  wave: 0,
  kind: 'setWeight',
  weight: basisPoints(1_000),
};
const courseIn = (plan: Partial<Plan>, shown?: Release['shown']) =>
  courseOf({ plan: aPlan(plan), ...(shown === undefined ? {} : { shown }) });

const verdictOf = (metric: string, cluster: string, logE?: number): Verdict =>
  ({
    kind: 'pass',
    because: '',
    evidence: {
      metric,
      cluster,
      ...(logE === undefined ? {} : { comparison: { logE } }),
    },
  }) as unknown as Verdict;

describe('the course of a release', () => {
  it('counts the steps that measure, the bake after the promotion among them', () => {
    const steps = [shift, bake([errors]), shift, bake([]), bake([errors, aMetric()])];
    const bakeAfterPromotion = { length: duration(1), metrics: [errors] };
    expect(courseIn({ steps }).steps).toEqual({ planned: 2, done: 0 });
    expect(courseIn({ steps, bakeAfterPromotion }).steps).toEqual({ planned: 3, done: 0 });
    expect(courseIn({ steps }, { steps: 1, sums: [] }).steps).toEqual({ planned: 2, done: 1 });
  });

  it('shares α among metrics that compare and decide, once each', () => {
    const kayenta = compared({ name: 'k', judge: { kind: 'kayenta', direction: 'increase' } });
    const dry = compared({ name: 'dry', dryRun: true });
    const steps = [bake([errors, aMetric({ name: 'bound' }), kayenta]), bake([dry, errors])];
    expect(courseIn({ steps }).metrics.map(({ name }) => name)).toEqual(['errors']);
  });

  it('knows all clusters of the plan, and the policy or the usual one', () => {
    expect(courseIn({ waves: [[eu], [us]] })).toMatchObject({
      clusters: 2,
      policy: defaultAnalysisPolicy,
    });
    const analysis = { alpha: 0.05, metrics: 'holm', clusters: 'product' } as const;
    expect(courseIn({ analysis }).policy).toEqual(analysis);
  });
});

describe('what a step has shown', () => {
  const release = inBake([errors], { plan: { steps: [bake([errors]), shift, bake([errors])] } });
  const ended = (verdicts: readonly Verdict[], before = release, index = 0): Release =>
    withShown(before, { index, verdicts });

  it('is kept for each metric and cluster', () => {
    expect(ended([verdictOf('errors', 'eu', 2), verdictOf('errors', 'us', -1)]).shown).toEqual({
      steps: 1,
      sums: [
        { metric: 'errors', cluster: 'eu', logSum: 2 - Math.LN2 },
        { metric: 'errors', cluster: 'us', logSum: -1 - Math.LN2 },
      ],
    });
  });

  it('goes on from the step before; a cluster that shows nothing keeps what it has', () => {
    const steps = { planned: 2, done: 1 };
    const first = ended([verdictOf('errors', 'eu', 2), verdictOf('errors', 'us', -1)]);
    const second = ended([verdictOf('errors', 'eu', 3)], first, 2);
    expect(second.shown).toEqual({
      steps: 2,
      sums: [
        { metric: 'errors', cluster: 'us', logSum: afterStep(-1 - Math.LN2, 0, steps) },
        { metric: 'errors', cluster: 'eu', logSum: afterStep(2 - Math.LN2, 3, steps) },
      ],
    });
  });

  it('is nothing after a step that measures nothing', () => {
    expect(ended([verdictOf('errors', 'eu', 2)], release, 1)).toBe(release);
  });

  it('counts a measured step also where nothing was compared', () => {
    expect(ended([verdictOf('errors', 'eu')]).shown).toEqual({ steps: 1, sums: [] });
    expect(withShown(release, { index: 0 }).shown).toEqual({ steps: 1, sums: [] });
  });
});

describe('over the events of a release', () => {
  const plan = {
    waves: [[eu]],
    steps: [bake([errors]), bake([errors]), bake([errors])],
  };
  /** A tenth of the requests, one percent of which fail, of stable a half percent. */
  const suspicious = counted([1_200, 12], [10_800, 50]);
  const minute = 60_000;

  /** What is seen after so many minutes of the present step. */
  function lookAfter(release: Release, readings: readonly Reading[]) {
    const since = release.cursor.enteredAt - aMoment;
    const measurements = minutes({ eu: readings }).map((one) => ({
      ...one,
      from: after(one.from, since),
      to: after(one.to, since),
    }));
    const now = after(aMoment, since + readings.length * minute);
    return { seen: anObservation(release, {}, measurements), now };
  }

  /** What is decided then, and the beginning of the next step. */
  const live = (release: Release, readings: readonly Reading[]): Release => {
    const { seen, now } = lookAfter(release, readings);
    const decision = decide(release, seen, judgeMetric, now);
    if (decision.kind === 'wait') throw new Error(decision.because);
    const event = aReleaseEvent(decision.fact, { at: now, because: decision.because });
    const stored = JSON.parse(JSON.stringify(event)) as typeof event;
    expect(stored).toEqual(event);
    const next = evolve(release, stored);
    const { index } = next.cursor;
    const started = aReleaseEvent({ type: 'stepStarted', index }, { at: now });
    return next.phase === 'progressing' ? evolve(next, started) : next;
  };
  const two = [suspicious, suspicious];

  it('harm that no step shows by itself is found by all of them together', () => {
    const second = live(inBake([errors], { plan }), two);
    const third = live(second, two);
    expect(third).toMatchObject({ phase: 'progressing', cursor: { index: 2 } });
    const { shown: _forgotten, ...alone } = third;
    const { seen, now } = lookAfter(alone, two);
    expect(judgeAll(alone, seen, judgeMetric, now)).toMatchObject([{ kind: 'running' }]);
    const end = live(third, two);
    expect(end.phase).toBe('rollingBack');
    expect(end.because).toMatch(/; over all clusters and steps e = 1,100, stop at 100$/);
  });

  it('a step that was taken as done shows nothing, and one that was skipped is not counted', () => {
    const first = live(inBake([errors], { plan }), two);
    const at = after(aMoment, 5 * minute);
    const skipped = evolve(first, aReleaseEvent({ type: 'promotionStarted' }, { at }));
    expect(skipped.shown).toEqual(first.shown);
    const paused = evolve(first, aReleaseEvent({ type: 'paused' }, { at }));
    expect(evolve(paused, aReleaseEvent({ type: 'resumed' }, { at })).shown).toEqual(first.shown);
    const done = evolve(first, aReleaseEvent({ type: 'stepCompleted', index: 1 }, { at }));
    const [before] = first.shown?.sums ?? [];
    expect(done.shown?.steps).toBe(2);
    expect(done.shown?.sums[0]?.logSum).toBe(afterStep(before?.logSum, 0, { planned: 3, done: 1 }));
  });
});
