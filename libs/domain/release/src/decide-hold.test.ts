import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, basisPoints, clusterName, duration, generation } from '@spillway/kernel';
import { decide } from './decide.js';
import type { HoldReason } from './hold.js';
import type { ClusterSeen, Observation } from './observation.js';
import type { Phase } from './phase.js';
import type { Plan, Step } from './plan.js';
import type { Release } from './release.js';
import {
  aRunningRelease,
  anObservation,
  reachable,
  unreachable,
  unread,
} from './testing/an-observation.js';
import { aMoment, aPlan } from './testing/index.js';

const now = after(aMoment, 1_000);
const [eu, us] = [clusterName('eu'), clusterName('us')];
const look = (release: Release, seen: Observation) => decide(release, seen, judgeByThreshold, now);
const bake: Step = { wave: 0, kind: 'bake', length: duration(60_000), metrics: [] };
const cursor = { index: 0, started: true, enteredAt: aMoment };
const baking = (plan: Partial<Plan> = {}, overrides: Partial<Release> = {}) =>
  aRunningRelease({ plan: aPlan({ steps: [bake], ...plan }), cursor, ...overrides }, 1_000);
const inForce = { inForce: generation(2) };

describe('holds', () => {
  it.each<[string, Record<string, ClusterSeen>, HoldReason]>([
    [
      'when a cluster is lost',
      { us: unreachable('time-out') },
      { kind: 'clusterUnreachable', clusters: [us], detail: 'us: time-out' },
    ],
    [
      'when both are lost, and names both',
      { us: unreachable('time-out'), eu: unreachable() },
      {
        kind: 'clusterUnreachable',
        clusters: [eu, us],
        detail: 'eu: connection refused; us: time-out',
      },
    ],
    [
      'when somebody else claims the host',
      { us: reachable({ ...inForce, foreign: 'x claims it' }) },
      { kind: 'foreignRouting', cluster: us, detail: 'x claims it' },
    ],
  ])('%s', (_, others, reason) => {
    const release = baking();
    expect(look(release, anObservation(release, others))).toEqual({
      kind: 'do',
      because: reason.detail,
      fact: { type: 'held', reason },
    });
  });

  it('when a cluster refused the write', () => {
    const release = baking();
    const rollouts = unread(release.rollouts).map((rollout) => ({ ...rollout, refused: 'quota' }));
    const seen = anObservation(release, { eu: reachable(), us: reachable() });
    expect(look({ ...release, rollouts }, seen)).toMatchObject({
      fact: { type: 'held', reason: { kind: 'writeRefused', cluster: 'eu', detail: 'quota' } },
    });
  });

  it('when the candidate has no ready endpoint where it should get weight', () => {
    const step: Step = { wave: 0, kind: 'setWeight', weight: basisPoints(1_000) };
    const release = aRunningRelease({ plan: aPlan({ steps: [step] }), cursor });
    const seen = anObservation(release, { us: reachable({ ...inForce, candidateEndpoints: 0 }) });
    expect(look(release, seen)).toMatchObject({
      because: 'v2 has no ready endpoint in us',
      fact: { type: 'held', reason: { kind: 'noReadyEndpoints', cluster: 'us' } },
    });
  });
});

it.each([1, 2, 9])(
  'holds while every cluster is lost, though the plan puts up with %d: nobody judges the candidate',
  (maxUnavailableClusters) => {
    const release = baking({ maxUnavailableClusters });
    const both = { us: unreachable(), eu: unreachable() };
    expect(look(release, anObservation(release, both))).toMatchObject({
      fact: { type: 'held', reason: { kind: 'clusterUnreachable', clusters: ['eu', 'us'] } },
    });
    const waved = baking({ maxUnavailableClusters, waves: [[eu], [us]] });
    expect(look(waved, anObservation(waved, { eu: unreachable() }))).toMatchObject({
      fact: { type: 'held', reason: { clusters: ['eu'] } },
    });
  },
);

describe('does not hold', () => {
  it('for as many lost clusters as the plan puts up with', () => {
    const release = baking({ maxUnavailableClusters: 1 });
    expect(look(release, anObservation(release, { us: unreachable() }))).toMatchObject({
      kind: 'wait',
    });
    const both = { us: unreachable(), eu: unreachable() };
    expect(look(release, anObservation(release, both))).toMatchObject({ fact: { type: 'held' } });
  });

  it.each<[string, Record<string, ClusterSeen>]>([
    ['lost', { us: unreachable() }],
    ['claimed by somebody else', { us: reachable({ ...inForce, foreign: 'x' }) }],
  ])('for a cluster of a later wave that is %s', (_, others) => {
    const release = baking({ waves: [[eu], [us]] });
    expect(look(release, anObservation(release, others))).toMatchObject({ kind: 'wait' });
  });

  it('for a cluster of which nothing is known yet', () => {
    const release = baking();
    expect(look(release, anObservation(release, { us: { kind: 'connecting' } }))).toMatchObject({
      kind: 'wait',
    });
    expect(look(release, { clusters: new Map(), measurements: [] })).toMatchObject({
      kind: 'wait',
    });
  });

  it.each<Phase>(['preparing', 'promoting'])(
    'only for the present wave while %s: then every cluster counts',
    (phase) => {
      const release = baking({ waves: [[eu], [us]] }, { phase });
      expect(look(release, anObservation(release, { us: unreachable() }))).toMatchObject({
        fact: { type: 'held' },
      });
    },
  );
});

describe('held', () => {
  const reason: HoldReason = { kind: 'clusterUnreachable', clusters: [us], detail: 'us: time-out' };
  const held = (from: Phase = 'progressing') =>
    baking({}, { phase: 'held', held: { from, reason, since: aMoment } });

  it('waits while the reason lasts, in whatever words', () => {
    expect(look(held(), anObservation(held(), { us: unreachable('no route') }))).toEqual({
      kind: 'wait',
      because: 'us: no route',
    });
  });

  it('says so when the reason becomes another one', () => {
    const both = { us: unreachable(), eu: unreachable() };
    expect(look(held(), anObservation(held(), both))).toMatchObject({
      fact: { type: 'held', reason: { clusters: ['eu', 'us'] } },
    });
    const foreign = { us: reachable({ ...inForce, foreign: 'x' }) };
    expect(look(held(), anObservation(held(), foreign))).toMatchObject({
      fact: { type: 'held', reason: { kind: 'foreignRouting' } },
    });
  });

  it('says that it is not any more before it goes on', () => {
    expect(look(held(), anObservation(held()))).toEqual({
      kind: 'do',
      because: 'nothing stands in the way',
      fact: { type: 'released' },
    });
  });

  it('is not told to be released while a cluster has not read back: it may be held again', () => {
    const [first, ...others] = held().rollouts;
    if (first === undefined) throw new Error('two clusters');
    const release = { ...held(), rollouts: [first, ...unread(others)] };
    const back = anObservation(release, { us: reachable() });
    expect(look(release, back)).toMatchObject({ kind: 'wait', wakeUp: after(aMoment, 60_000) });
    expect(look(release, anObservation(release))).toMatchObject({
      fact: { type: 'trafficApplied', cluster: 'us' },
    });
  });

  it('counts every cluster when it was held out of promotion', () => {
    const release = { ...held('promoting'), plan: aPlan({ waves: [[eu], [us]], steps: [bake] }) };
    expect(look(release, anObservation(release, { us: unreachable() }))).toMatchObject({
      kind: 'wait',
    });
  });
});
