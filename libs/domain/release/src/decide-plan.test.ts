import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { EVERYTHING, after, basisPoints, clusterName, duration, instant } from '@spillway/kernel';
import { decide } from './decide.js';
import type { ClusterSeen, Observation } from './observation.js';
import type { Step } from './plan.js';
import type { Release } from './release.js';
import {
  aRunningRelease,
  anObservation,
  reachable,
  unreachable,
} from './testing/an-observation.js';
import { aMoment, aPlan } from './testing/index.js';

const now = after(aMoment, 1_000);
const look = (release: Release, seen: Observation = anObservation(release), at = now) =>
  decide(release, seen, judgeByThreshold, at);
const beginning = { index: 0, started: false, enteredAt: aMoment };
const inStep = (index: number, started = true): Release['cursor'] => ({
  index,
  started,
  enteredAt: aMoment,
});
const doing = (step: Step, weight = 0, overrides: Partial<Release> = {}) =>
  aRunningRelease({ plan: aPlan({ steps: [step] }), cursor: inStep(0), ...overrides }, weight);
const to10: Step = { wave: 0, kind: 'setWeight', weight: basisPoints(1_000) };
const connecting: ClusterSeen = { kind: 'connecting' };

describe('preparing', () => {
  const preparing = (overrides: Partial<Release> = {}) =>
    aRunningRelease({ phase: 'preparing', ...overrides });
  const [eu, us] = preparing().rollouts;
  if (eu === undefined || us === undefined) throw new Error('two clusters');
  const { applied: _, ...open } = us;

  it('goes on when every cluster has read back its routing', () => {
    expect(look(preparing())).toMatchObject({ kind: 'do', fact: { type: 'prepared' } });
  });

  it.each([
    ['that did not read back yet', reachable()],
    ['of which nothing is known yet', connecting],
  ])('waits for a cluster %s', (_, state) => {
    const release = preparing({ rollouts: [eu, open] });
    expect(look(release, anObservation(release, { us: state }))).toEqual({
      kind: 'wait',
      because: 'waits for us to read back its routing',
    });
  });

  it('leaves behind an unreachable cluster where one may be lost', () => {
    const release = preparing({ rollouts: [eu, open], plan: aPlan({ maxUnavailableClusters: 1 }) });
    expect(look(release, anObservation(release, { us: unreachable() }))).toMatchObject({
      fact: { type: 'prepared' },
    });
  });
});

describe('a step', () => {
  it('starts with its place in the plan', () => {
    const release = aRunningRelease({ cursor: { ...beginning, index: 2 } });
    expect(look(release)).toEqual({
      kind: 'do',
      because: 'step 3 of 4, wave 1: set 50 %',
      fact: { type: 'stepStarted', index: 2 },
    });
  });

  it.each<[Step, string]>([
    [{ wave: 0, kind: 'bake', length: duration(90_000), metrics: [] }, 'bake for 1m30s'],
    [{ wave: 0, kind: 'pause' }, 'pause until resumed'],
    [{ wave: 0, kind: 'pause', length: duration(60_000) }, 'pause for 1m'],
    [
      { wave: 0, kind: 'analyze', metrics: [{ name: 'errors' }, { name: 'latency' }] as never },
      'analyze errors, latency',
    ],
  ])('is described: %#', (step, text) => {
    expect(look(doing(step, 0, { cursor: beginning })).because).toBe(
      `step 1 of 1, wave 1: ${text}`,
    );
  });

  it('that is past the last one is promotion', () => {
    expect(look(aRunningRelease({ cursor: inStep(4, false) }, EVERYTHING))).toMatchObject({
      fact: { type: 'promotionStarted' },
      because: 'every step is done',
    });
  });
});

describe('setWeight', () => {
  it('tells every cluster of the wave in one change', () => {
    expect(look(doing(to10))).toEqual({
      kind: 'do',
      because: 'v2 gets 10 % in eu, us',
      fact: {
        type: 'trafficShifted',
        traffic: {
          generation: 3,
          clusters: [
            { cluster: 'eu', weight: 1_000 },
            { cluster: 'us', weight: 1_000 },
          ],
        },
      },
    });
  });

  it('tells the clusters of its own wave only', () => {
    const waves = [[clusterName('us')], [clusterName('eu')]];
    const steps: readonly Step[] = [{ ...to10, wave: 1 }];
    const release = aRunningRelease({ plan: aPlan({ waves, steps }), cursor: inStep(0) });
    expect(look(release)).toMatchObject({ fact: { traffic: { clusters: [{ cluster: 'eu' }] } } });
  });

  it('is complete when every cluster has read it back', () => {
    expect(look(doing(to10, 1_000))).toMatchObject({
      fact: { type: 'stepCompleted', index: 0 },
      because: 'eu, us at 10 %',
    });
  });

  it('gives nothing while the endpoints are not known', () => {
    const release = doing(to10);
    const seen = anObservation(release, { us: connecting });
    expect(look(release, seen)).toEqual({ kind: 'wait', because: 'reads the endpoints of v2' });
  });

  it('needs no endpoint to give nothing', () => {
    const release = doing({ ...to10, weight: basisPoints(0) });
    const seen = anObservation(release, { us: connecting });
    expect(look(release, seen)).toMatchObject({ fact: { type: 'stepCompleted' } });
  });

  it('asks a lost cluster for no endpoint, where one may be lost', () => {
    const plan = aPlan({ steps: [to10], maxUnavailableClusters: 1 });
    const release = aRunningRelease({ plan, cursor: inStep(0) });
    const seen = anObservation(release, { us: unreachable() });
    expect(look(release, seen)).toMatchObject({ fact: { type: 'trafficShifted' } });
  });
});

describe('bake', () => {
  const bake: Step = { wave: 0, kind: 'bake', length: duration(60_000), metrics: [] };
  const end = after(aMoment, 60_000);
  it.each([
    ['waits until its end', instant(end - 1), { kind: 'wait', wakeUp: end }],
    [
      'is over at its end',
      end,
      { kind: 'do', fact: { type: 'stepCompleted' }, because: 'baked without a finding' },
    ],
  ])('%s', (_, at, decision) => {
    const release = doing(bake, 1_000);
    expect(look(release, anObservation(release), at)).toMatchObject(decision);
  });
});

describe('pause', () => {
  const until = after(aMoment, 60_000);
  const paused = (end?: typeof until) =>
    aRunningRelease({
      phase: 'paused',
      because: 'pause for 1m',
      paused: { from: 'progressing', since: aMoment, ...(end === undefined ? {} : { until: end }) },
    });

  it.each([
    [
      'without an end waits for a person',
      paused(),
      until,
      { kind: 'wait', because: 'pause for 1m' },
    ],
    [
      'waits until its end',
      paused(until),
      instant(until - 1),
      { kind: 'wait', because: 'pause for 1m', wakeUp: until },
    ],
    [
      'resumes at its end',
      paused(until),
      until,
      { kind: 'do', because: 'the pause is over', fact: { type: 'resumed' } },
    ],
  ])('%s', (_, release, at, decision) => {
    expect(look(release, anObservation(release), at)).toEqual(decision);
  });

  it('is complete once it was resumed', () => {
    expect(look(doing({ wave: 0, kind: 'pause' }))).toMatchObject({
      fact: { type: 'stepCompleted' },
    });
  });
});

it.each(['succeeded', 'rolledBack', 'cancelled'] as const)(
  'does nothing once it is %s, whatever is seen',
  (phase) => {
    const release = aRunningRelease({ phase, endedAt: aMoment }, 10_000);
    const seen = anObservation(release, {
      eu: reachable({ candidateEndpoints: 0 }),
      us: unreachable(),
    });
    expect(look(release, seen)).toEqual({ kind: 'wait', because: 'it is over' });
  },
);
