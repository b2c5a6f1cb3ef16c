import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { unexposed, type Exposure } from '@spillway/domain-traffic';
import {
  EVERYTHING,
  NOTHING,
  after,
  basisPoints,
  clusterName,
  duration,
  generation,
} from '@spillway/kernel';
import { activeMetrics } from './active-metrics.js';
import { decide } from './decide.js';
import type { Step, TrafficStep } from './plan.js';
import type { Release } from './release.js';
import { rollbackFact } from './rollback.js';
import {
  aRunningRelease,
  anObservation,
  reachable,
  unreachable,
} from './testing/an-observation.js';
import { aMetric, aMoment, aPlan } from './testing/index.js';

const soon = after(aMoment, 1_000);
const [eu, us] = [clusterName('eu'), clusterName('us')];
const last = generation(2);
const testers = { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] };
const mirror = { share: basisPoints(2_500), methods: 'safe' as const };
const dark: Exposure = { ...unexposed, routes: [testers] };

const taking = (step: TrafficStep, exposure: Exposure = unexposed): Release =>
  aRunningRelease(
    {
      plan: aPlan({ steps: [{ wave: 0, ...step }] }),
      cursor: { index: 0, started: true, enteredAt: aMoment },
    },
    NOTHING,
    { desired: { generation: last, ...exposure } },
  );
const look = (release: Release, others: Parameters<typeof anObservation>[1] = {}) =>
  decide(release, anObservation(release, others), judgeByThreshold, soon);

describe('a step before which a cluster of a later wave is not read back', () => {
  const desired = { generation: last, ...unexposed };
  const applied = { generation: last, at: aMoment };
  const rollouts = [
    { cluster: eu, wave: 0, desired, applied },
    { cluster: us, wave: 1, desired, drifted: 'argocd changes it back' },
  ];
  const step: Step = { wave: 0, kind: 'bake', length: duration(1), metrics: [] };
  const plan = aPlan({ waves: [[eu], [us]], steps: [step] });
  const cursor = { index: 0, started: true, enteredAt: aMoment };

  it('is held for what people have to say of it', () => {
    expect(look(aRunningRelease({ plan, cursor, rollouts }), { [us]: reachable() })).toMatchObject({
      fact: { type: 'held', reason: { kind: 'drift', cluster: us } },
      because: 'argocd changes it back',
    });
  });
});

describe('a step of a wave that every cluster has left', () => {
  it('is done, and says why', () => {
    const step: Step = { wave: 1, kind: 'setWeight', weight: basisPoints(1_000) };
    const plan = aPlan({ waves: [[eu, us], []], steps: [step] });
    const cursor = { index: 0, started: true, enteredAt: aMoment };
    expect(look(aRunningRelease({ plan, cursor }))).toMatchObject({
      fact: { type: 'stepCompleted' },
      because: 'wave 2 has no cluster any more',
    });
  });
});

describe('a step tells its wave', () => {
  it.each<[string, TrafficStep, Exposure, Exposure, string]>([
    [
      'to send requests that match',
      { kind: 'route', route: testers },
      unexposed,
      dark,
      'v2 gets testers: x-tester is yes in eu, us',
    ],
    [
      'to copy requests',
      { kind: 'mirror', mirror },
      unexposed,
      { ...unexposed, mirror },
      'v2 gets copies of 25 % of GET and HEAD in eu, us',
    ],
    [
      'to end copies',
      { kind: 'mirror' },
      { ...unexposed, mirror },
      unexposed,
      'v2 gets no copies any more in eu, us',
    ],
    [
      'to take a route away',
      { kind: 'removeRoute', name: 'testers' },
      dark,
      unexposed,
      'v2 gets testers no more in eu, us',
    ],
    [
      'to give weight in place of copies',
      { kind: 'setWeight', weight: basisPoints(1) },
      { ...dark, mirror },
      { ...dark, weight: basisPoints(1) },
      'v2 gets 0.01 % in eu, us',
    ],
    [
      'to give all in place of routes',
      { kind: 'setWeight', weight: EVERYTHING },
      dark,
      { weight: EVERYTHING },
      'v2 gets 100 % in eu, us',
    ],
  ])('%s, as one change', (_, step, before, exposure, because) => {
    expect(look(taking(step, before))).toEqual({
      kind: 'do',
      because,
      fact: {
        type: 'trafficShifted',
        traffic: {
          generation: 3,
          clusters: [
            { cluster: eu, ...exposure },
            { cluster: us, ...exposure },
          ],
        },
      },
    });
  });

  it('only where it was not told already', () => {
    const release = taking({ kind: 'route', route: testers });
    const told = {
      ...release,
      rollouts: release.rollouts.map((one) =>
        one.cluster === eu ? { ...one, desired: { generation: last, ...dark } } : one,
      ),
    };
    expect(look(told)).toMatchObject({
      fact: { traffic: { clusters: [{ cluster: us, ...dark }] } },
    });
  });

  it('and says what they have when it is done', () => {
    expect(look(taking({ kind: 'route', route: testers }, dark))).toMatchObject({
      fact: { type: 'stepCompleted' },
      because: 'eu, us: testers: x-tester is yes',
    });
    const lenient = taking({ kind: 'mirror', mirror }, { ...unexposed, mirror });
    const plan = { ...lenient.plan, maxUnavailableClusters: 1 };
    expect(look({ ...lenient, plan }, { us: unreachable() })).toMatchObject({
      because: 'eu: copies of 25 % of GET and HEAD; us cannot be reached and is left behind',
    });
  });
});

describe('a candidate without pods', () => {
  const empty = { us: reachable({ inForce: last, candidateEndpoints: 0 }) };
  it.each<[string, TrafficStep, Exposure]>([
    ['a route', { kind: 'route', route: testers }, unexposed],
    ['copies', { kind: 'mirror', mirror }, unexposed],
  ])('is given no %s', (_, step, before) => {
    expect(look(taking(step, before), empty)).toMatchObject({
      fact: { type: 'held', reason: { kind: 'noReadyEndpoints', cluster: us } },
    });
  });

  it.each<[string, TrafficStep, Exposure]>([
    ['the last route', { kind: 'removeRoute', name: 'testers' }, dark],
    ['copies', { kind: 'mirror' }, { ...unexposed, mirror }],
  ])('has %s taken away, or is rolled back where people saw it', (_, step, before) => {
    const decision = look(taking(step, before), empty);
    const type = before.routes === undefined ? 'trafficShifted' : 'rollbackStarted';
    expect(decision).toMatchObject({ fact: { type } });
  });

  it('that answers people by a route is rolled back; one that gets copies is not', () => {
    const pause: Step = { wave: 0, kind: 'bake', length: duration(60_000), metrics: [] };
    const baking = (exposure: Exposure) => {
      const release = taking({ kind: 'mirror' }, exposure);
      return look({ ...release, plan: aPlan({ steps: [pause] }) }, empty);
    };
    expect(baking(dark)).toMatchObject({
      fact: { type: 'rollbackStarted' },
      because: 'v2 has no ready endpoint in us, where it gets a part of the traffic',
    });
    expect(baking({ ...unexposed, mirror }).kind).toBe('wait');
  });
});

it.each<[string, Exposure, number]>([
  ['a route', dark, 2],
  ['copies', { ...unexposed, mirror }, 2],
  ['nothing', unexposed, 0],
])('judges the candidate by what it sees of %s', (_, exposure, count) => {
  const metrics = [aMetric()];
  const release = taking({ kind: 'mirror' }, exposure);
  const plan = aPlan({ steps: [{ wave: 0, kind: 'analyze', metrics }] });
  expect(activeMetrics({ ...release, plan })).toHaveLength(count);
});

it.each<[string, Exposure]>([
  ['routes', dark],
  ['copies', { ...unexposed, mirror }],
  ['a weight', { weight: basisPoints(1) }],
])('takes %s back everywhere with one generation', (_, exposure) => {
  expect(rollbackFact(taking({ kind: 'mirror' }, exposure))).toEqual({
    type: 'rollbackStarted',
    traffic: {
      generation: 3,
      clusters: [
        { cluster: eu, weight: 0 },
        { cluster: us, weight: 0 },
      ],
    },
  });
});

it('takes nothing back where the candidate has nothing', () => {
  expect(rollbackFact(taking({ kind: 'mirror' }))).toMatchObject({ traffic: { clusters: [] } });
});
