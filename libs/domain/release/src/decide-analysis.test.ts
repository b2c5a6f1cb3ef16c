import { describe, expect, it } from '@jest/globals';
import {
  judgeByThreshold,
  type Measurement,
  type MetricSpec,
  type Reading,
} from '@spillway/domain-analysis';
import {
  NOTHING,
  after,
  clusterName,
  duration,
  generation,
  instant,
  type Instant,
} from '@spillway/kernel';
import { activeMetrics } from './active-metrics.js';
import { schedule } from './analysis.js';
import { decide } from './decide.js';
import type { Phase } from './phase.js';
import type { Release } from './release.js';
import {
  aRunningRelease,
  anObservation,
  reachable,
  unreachable,
  unread,
} from './testing/an-observation.js';
import { aMetric, aMoment, aPlan } from './testing/index.js';

const minute = 60_000;
const [eu, us] = ['eu', 'us'].map(clusterName);
const at = (minutes: number): Instant => after(aMoment, minutes * minute);
const good: Reading = { kind: 'value', candidate: { value: 99.9, requests: 100 } };
const bad: Reading = { kind: 'value', candidate: { value: 90, requests: 100 } };
const empty: Reading = { kind: 'empty' };
const broken: Reading = { kind: 'error', message: 'down' };

/** One reading a minute in each cluster, from the moment on at which the step began. */
const measured = (readings: Readonly<Record<string, readonly Reading[]>>): readonly Measurement[] =>
  Object.entries(readings).flatMap(([cluster, all]) =>
    all.map((reading, ordinal) => ({
      metric: 'success-rate',
      cluster: clusterName(cluster),
      ordinal,
      from: at(ordinal),
      to: at(ordinal + 1),
      reading,
    })),
  );

const hold = (then: 'pause' | 'rollback'): Partial<MetricSpec> => ({
  noData: { kind: 'hold', deadline: duration(5 * minute), then },
});
const inStep = (
  kind: 'bake' | 'analyze',
  spec: Partial<MetricSpec> = {},
  overrides: Partial<Release> = {},
) => {
  const metrics = [aMetric({ consecutiveErrorLimit: 0, ...spec })];
  const step = { wave: 0, kind, length: duration(10 * minute), metrics };
  const cursor = { index: 0, started: true, enteredAt: aMoment };
  return aRunningRelease({ plan: aPlan({ steps: [step] }), cursor, ...overrides }, 1_000);
};
const heldFor = (kind: 'noData' | 'metricsFailing', cluster = eu): Partial<Release> => ({
  phase: 'held',
  held: { from: 'progressing', reason: { kind, cluster, detail: '' } as never, since: aMoment },
});
const look = (
  release: Release,
  readings: Readonly<Record<string, readonly Reading[]>>,
  now = at(3),
) => decide(release, anObservation(release, {}, measured(readings)), judgeByThreshold, now);

describe('an analysis', () => {
  it('goes on when every metric has passed in every cluster, with its evidence', () => {
    const three = [good, good, good];
    expect(look(inStep('analyze'), { eu: three, us: three })).toMatchObject({
      fact: {
        type: 'stepCompleted',
        verdicts: [
          { kind: 'pass', evidence: { cluster: 'eu', passed: 3 } },
          { kind: 'pass', evidence: { cluster: 'us', passed: 3 } },
        ],
      },
    });
  });

  it('waits for the clusters that have not passed, and names them only', () => {
    expect(look(inStep('analyze'), { eu: [good, good, good], us: [good] })).toEqual({
      kind: 'wait',
      because: 'success-rate in us: 1 of 3 measurements made',
    });
  });

  it('waits for a cluster whose routing was changed: it would drop out of the judgement', () => {
    const release = inStep('analyze');
    const [first, ...others] = release.rollouts;
    if (first === undefined) throw new Error('two clusters');
    const drifted = { ...release, rollouts: [first, ...unread(others)] };
    const three = measured({ eu: [good, good, good], us: [good, good, good] });
    const seen = anObservation(drifted, { us: reachable() }, three);
    expect(decide(drifted, seen, judgeByThreshold, at(3))).toEqual({
      kind: 'wait',
      because: 'waits for us to read back its routing',
    });
  });

  it('waits for a cluster in which something can be measured', () => {
    const plan = aPlan({ steps: inStep('analyze').plan.steps, maxUnavailableClusters: 1 });
    const [eu1, us1] = inStep('analyze').rollouts;
    if (eu1 === undefined || us1 === undefined) throw new Error('two clusters');
    const none = { ...eu1, desired: { ...eu1.desired, weight: NOTHING } };
    const release = inStep('analyze', {}, { plan, rollouts: [none, ...unread([us1])] });
    const seen = anObservation(release, { us: unreachable() });
    expect(decide(release, seen, judgeByThreshold, at(3))).toEqual({
      kind: 'wait',
      because: 'waits for a cluster that can be measured',
    });
  });

  it('is held where the candidate gets nothing: nobody will ever say a word about it', () => {
    const detail = 'v2 gets no requests anywhere, so that there is nothing to judge';
    const given = inStep('analyze');
    const rollouts = given.rollouts.map((one) => ({
      ...one,
      desired: { ...one.desired, weight: NOTHING },
    }));
    const release = { ...given, rollouts };
    expect(decide(release, anObservation(release), judgeByThreshold, at(3))).toMatchObject({
      kind: 'do',
      fact: { type: 'held', reason: { kind: 'inconclusive', detail } },
    });
  });
});

describe('a failed metric', () => {
  it.each<['bake' | 'analyze', Partial<Release>]>([
    ['bake', {}],
    ['analyze', {}],
    ['analyze', heldFor('noData')],
  ])('rolls back at once in a step to %s, with all evidence', (kind, overrides) => {
    expect(look(inStep(kind, {}, overrides), { eu: [good], us: [good, bad] })).toMatchObject({
      because: expect.stringMatching(/^success-rate in us: 1 of 2 measurements failed/),
      fact: { type: 'rollbackStarted', verdicts: [{ kind: 'running' }, { kind: 'fail' }] },
    });
  });

  it('rolls back also at the end of the bake, and beside a cluster without data', () => {
    expect(look(inStep('bake', hold('pause')), { eu: [empty], us: [bad] }, at(99))).toMatchObject({
      fact: { type: 'rollbackStarted' },
    });
  });

  it('rolls back at 100 %', () => {
    const bakeAfterPromotion = { length: duration(minute), metrics: [aMetric()] };
    const release = aRunningRelease(
      { phase: 'baking', plan: aPlan({ bakeAfterPromotion }) },
      10_000,
    );
    expect(look(release, { us: [bad] })).toMatchObject({ fact: { type: 'rollbackStarted' } });
  });

  it('counts for nothing when it was measured before the step began, or was resumed', () => {
    const cursor = { index: 0, started: true, enteredAt: instant(aMoment + 1) };
    expect(look(inStep('analyze', {}, { cursor }), { us: [bad] })).toMatchObject({ kind: 'wait' });
  });

  it('counts for nothing when it was measured before the cluster had the weight', () => {
    const release = inStep('analyze');
    const rollouts = release.rollouts.map((rollout) => ({
      ...rollout,
      applied: { generation: generation(2), at: instant(aMoment + 1) },
    }));
    expect(look({ ...release, rollouts }, { us: [bad] })).toMatchObject({ kind: 'wait' });
  });
});

describe('a metric without data', () => {
  it('holds, and is looked at again when its patience ends', () => {
    const reason = { kind: 'noData', cluster: 'us' };
    expect(look(inStep('bake', hold('pause')), { eu: [good], us: [empty] })).toMatchObject({
      because: 'success-rate in us: no samples; pauses when it lasts 5m',
      fact: { type: 'held', reason },
    });
    expect(
      look(inStep('bake', hold('pause'), heldFor('noData', us)), { eu: [good], us: [empty] }),
    ).toMatchObject({
      kind: 'wait',
      wakeUp: at(6),
    });
  });

  it.each([
    ['pause', 'paused'],
    ['rollback', 'rollbackStarted'],
  ] as const)('leads to a %s at the end of its patience and not before', (then, type) => {
    const release = inStep('bake', hold(then), heldFor('noData', us));
    expect(look(release, { us: [empty] }, instant(at(6) - 1))).toMatchObject({ kind: 'wait' });
    expect(look(release, { us: [empty] }, at(6))).toMatchObject({
      because: expect.stringMatching(/^success-rate in us: no samples/),
      fact: { type },
    });
  });

  it('wakes the release at the first of several deadlines', () => {
    const release = inStep('bake', hold('pause'), heldFor('noData'));
    expect(look(release, { eu: [good, empty], us: [empty] })).toMatchObject({ wakeUp: at(6) });
  });

  it('does not hold where no data is ignored', () => {
    expect(look(inStep('bake'), { eu: [empty], us: [empty] })).toMatchObject({
      kind: 'wait',
      wakeUp: at(10),
    });
  });

  it('is released when there is data again', () => {
    const release = inStep('bake', hold('pause'), heldFor('noData', us));
    expect(look(release, { us: [empty, good] })).toMatchObject({ fact: { type: 'released' } });
  });
});

it('holds while a metric cannot be measured, without an end', () => {
  expect(look(inStep('analyze'), { us: [broken] })).toMatchObject({
    because: 'success-rate in us: 1 queries in a row went wrong: down',
    fact: { type: 'held', reason: { kind: 'metricsFailing', cluster: 'us' } },
  });
  const held = inStep('analyze', {}, heldFor('metricsFailing', us));
  expect(look(held, { us: [broken, broken] }, at(999))).toEqual({
    kind: 'wait',
    because: 'success-rate in us: 2 queries in a row went wrong: down',
  });
});

describe('is measured', () => {
  const clustersOf = (release: Release) => activeMetrics(release).map(({ cluster }) => cluster);

  it.each<[string, Release, readonly string[]]>([
    ['in every cluster with traffic', inStep('bake'), ['eu', 'us']],
    ['while held', inStep('bake', {}, heldFor('noData')), ['eu', 'us']],
    [
      'nowhere while paused',
      inStep('bake', {}, { phase: 'paused', paused: { from: 'progressing', since: aMoment } }),
      [],
    ],
    [
      'nowhere before the step begins',
      inStep('bake', {}, { cursor: { index: 0, started: false, enteredAt: aMoment } }),
      [],
    ],
    ['nowhere during a rollback', inStep('bake', {}, { phase: 'rollingBack' }), []],
    ['nowhere after the end', inStep('bake', {}, { phase: 'succeeded' as Phase }), []],
    [
      'nowhere without traffic',
      aRunningRelease({ plan: inStep('bake').plan, cursor: inStep('bake').cursor }),
      [],
    ],
  ])('%s', (_, release, clusters) => {
    expect(clustersOf(release)).toEqual(clusters);
  });

  it('not in a cluster that did not read back its weight', () => {
    const release = inStep('bake');
    const [first] = release.rollouts;
    if (first === undefined) throw new Error('a cluster');
    expect(
      clustersOf({ ...release, rollouts: [first, ...unread(release.rollouts.slice(1))] }),
    ).toEqual(['eu']);
  });

  it('from the later of the read-back and the beginning of the step, each cluster on its own', () => {
    const release = inStep('bake');
    const rollouts = release.rollouts.map((rollout) =>
      rollout.cluster === us
        ? { ...rollout, applied: { generation: generation(2), at: at(2) } }
        : rollout,
    );
    const due = schedule({ ...release, rollouts }, measured({ eu: [good], us: [bad] }));
    expect(due).toMatchObject([
      { cluster: 'eu', since: aMoment, at: at(2), ordinal: 1 },
      { cluster: 'us', since: at(2), at: at(3), ordinal: 1 },
    ]);
  });
});
