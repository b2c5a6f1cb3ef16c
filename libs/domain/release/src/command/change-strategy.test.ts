import { describe, expect, it } from '@jest/globals';
import { basisPoints, clusterName, duration, strategyName } from '@spillway/kernel';
import { begin, evolve, replay } from '../evolve.js';
import type { Plan, Step } from '../plan.js';
import type { Release } from '../release.js';
import { courseOf } from '../shown.js';
import { aRunningRelease } from '../testing/an-observation.js';
import { aMetric, aMoment, aPlan, aRelease, aReleaseEvent } from '../testing/index.js';
import { aCreatedEvent } from '../testing/a-release-event.js';
import { changeStrategy } from './change-strategy.js';

const percent = (n: number) => basisPoints(n * 100);
const other = { name: strategyName('careful'), version: 4 };
const [eu, us] = [clusterName('eu'), clusterName('us')];

const stepsOf = (...weights: readonly number[]): readonly Step[] =>
  weights.flatMap((weight) => [
    { wave: 0, kind: 'setWeight' as const, weight: percent(weight) },
    { wave: 0, kind: 'bake' as const, length: duration(60_000), metrics: [] },
  ]);

const having = (weight: number, more: Partial<Release> = {}): Release =>
  aRunningRelease(more, percent(weight));

const changed = (release: Release, plan: Plan): Release =>
  evolve(release, aReleaseEvent(changeStrategy(release, other, plan)));

describe('another strategy for a running release', () => {
  it.each<[number, readonly number[], number]>([
    [20, [10, 30, 100], 1],
    [30, [10, 30, 100], 3],
    [50, [10, 30, 100], 3],
    [5, [10, 30, 100], 0],
    [100, [10, 100], 3],
  ])('keeps %d % and goes on behind it in %j: at step %d', (weight, weights, index) => {
    const next = changed(having(weight), aPlan({ steps: stepsOf(...weights) }));
    expect(next.rollouts.map(({ desired }) => desired.weight)).toEqual([
      percent(weight),
      percent(weight),
    ]);
    expect(next.cursor).toMatchObject({ index, started: true });
    expect(next.strategy).toEqual(other);
  });

  it('takes the lowest of its clusters for what was reached', () => {
    const release = having(50);
    const [first, ...rest] = release.rollouts;
    if (first === undefined) throw new Error('two clusters');
    const low = { ...first, desired: { ...first.desired, weight: percent(5) } };
    const uneven = { ...release, rollouts: [low, ...rest] };
    expect(changed(uneven, aPlan({ steps: stepsOf(10, 100) })).cursor.index).toBe(0);
  });

  it('puts each cluster where the new plan has it', () => {
    const plan = aPlan({ waves: [[us], [eu]], steps: stepsOf(10, 100) });
    const next = changed(having(10), plan);
    expect(next.rollouts.map(({ cluster, wave }) => [cluster, wave])).toEqual([
      [us, 0],
      [eu, 1],
    ]);
  });

  it('ends routes and copies that the new plan does not have there', () => {
    const release = having(10);
    const route = { name: 'testers', match: [{ headers: { 'x-t': { exact: 'y' } } }] };
    const rollouts = release.rollouts.map((one) => ({
      ...one,
      desired: { ...one.desired, routes: [route] },
    }));
    const next = changed({ ...release, rollouts }, aPlan({ steps: stepsOf(10, 100) }));
    expect(next.rollouts.map(({ desired }) => desired.routes)).toEqual([undefined, undefined]);
    expect(next.generation).toBe(release.generation + 1);
  });

  it('is known by both plans in the history, which gives the same release again', () => {
    const created = aCreatedEvent(aRelease());
    if (created.type !== 'created') throw new Error('not the first event');
    const first = begin(created);
    const plan = aPlan({ steps: stepsOf(10, 100) });
    const event = aReleaseEvent(changeStrategy(first, other, plan));
    expect(event).toMatchObject({ plan: { from: first.plan, to: plan } });
    expect(replay([created, event])).toEqual(evolve(first, event));
    expect(evolve(first, event)).toMatchObject({ phase: 'pending', cursor: { started: false } });
  });

  it('stays paused until somebody resumes it', () => {
    const release = having(10, {
      phase: 'paused',
      paused: { from: 'progressing', since: aMoment },
    });
    expect(changed(release, aPlan({ steps: stepsOf(10, 100) }))).toMatchObject({
      phase: 'paused',
      paused: { from: 'progressing' },
    });
  });

  it('keeps the evidence, and shares out no more than there was to spend', () => {
    const metric = aMetric({ judge: { kind: 'errorCount', maxRatio: 1 } as never });
    const measured = (n: number): readonly Step[] =>
      Array.from({ length: n }, () => ({ wave: 0, kind: 'analyze', metrics: [metric] }));
    const sums = [{ metric: metric.name, cluster: eu, logSum: 1.5 }];
    const release = having(100, {
      plan: aPlan({ steps: measured(2) }),
      shown: { steps: 2, sums },
    });
    const next = changed(release, aPlan({ steps: [...measured(5), ...stepsOf(100)] }));
    expect(next.shown).toEqual({ steps: 2, sums, planned: 2 });
    expect(courseOf(next).steps).toEqual({ planned: 2, done: 2 });
  });
});
