import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import {
  InvariantBroken,
  after,
  basisPoints,
  clusterName,
  duration,
  generation,
} from '@spillway/kernel';
import { advance } from './advance.js';
import type { ReleaseFact } from './event.js';
import { begin, evolve, replay } from './evolve.js';
import type { Release } from './release.js';
import { aRunningRelease, anObservation } from './testing/an-observation.js';
import {
  aCreatedEvent,
  aMetric,
  aMoment,
  aPlan,
  aRelease,
  aReleaseEvent,
} from './testing/index.js';

const later = after(aMoment, 5_000);
const us = clusterName('us');
const happen = (release: Release, fact: ReleaseFact) =>
  evolve(release, aReleaseEvent(fact, { at: later, because: 'why', actor: 'bob' }));

describe('the first event', () => {
  it('is the whole of a release that has no traffic yet', () => {
    const { rollouts: _, ...rest } = aRelease();
    expect(begin(aCreatedEvent() as never)).toEqual({
      ...rest,
      because: 'a test says so',
      rollouts: [],
    });
  });

  it('comes once, and first', () => {
    expect(() => happen(aRelease(), aCreatedEvent())).toThrow(InvariantBroken);
    expect(() => replay([aReleaseEvent()])).toThrow('a history begins with "created"');
    expect(() => replay([])).toThrow(InvariantBroken);
  });
});

it('counts and explains every event', () => {
  const next = happen(aRelease({ phase: 'preparing', revision: 4 }), { type: 'prepared' });
  expect(next).toMatchObject({ revision: 5, because: 'why' });
});

it.each<[ReleaseFact, Release['phase']]>([
  [{ type: 'prepared' }, 'pending'],
  [{ type: 'promotionStarted' }, 'rollingBack'],
  [{ type: 'held', reason: {} as never }, 'paused'],
  [{ type: 'succeeded' }, 'progressing'],
  [{ type: 'cancelled' }, 'preparing'],
  [{ type: 'rolledBack' }, 'succeeded'],
])('refuses $type in phase %s', (fact, phase) => {
  expect(() => happen(aRelease({ phase }), fact)).toThrow(InvariantBroken);
});

describe('changed traffic', () => {
  it('is that of the named clusters; the others keep theirs and what they have read back', () => {
    const release = aRunningRelease({}, 1_000);
    const clusters = [{ cluster: us, weight: basisPoints(5_000) }];
    const next = happen(release, {
      type: 'trafficShifted',
      traffic: { generation: generation(3), clusters },
    });
    expect(next.generation).toBe(3);
    expect(next.rollouts).toEqual([
      release.rollouts[0],
      { cluster: us, wave: 0, desired: { generation: 3, weight: 5_000 } },
    ]);
  });
});

describe('news of a cluster', () => {
  const news = (
    type: 'trafficApplied' | 'driftFound' | 'writeRefused',
    number: number,
  ): ReleaseFact => ({
    type,
    cluster: us,
    generation: generation(number),
    detail: 'quota',
  });
  const release = aRunningRelease({}, 1_000);

  it.each<[ReleaseFact, object]>([
    [news('trafficApplied', 2), { applied: { generation: 2, at: later } }],
    [news('writeRefused', 2), { refused: 'quota' }],
    [news('driftFound', 2), { drifted: 'quota' }],
    [
      { type: 'driftFound', cluster: us, generation: generation(2) },
      { healed: { times: 1, since: later } },
    ],
  ])('$type replaces what was known of it', (fact, known) => {
    const desired = { generation: 2, weight: 1_000 };
    expect(happen(release, fact).rollouts).toEqual([
      release.rollouts[0],
      { cluster: us, wave: 0, desired, ...known },
    ]);
  });

  it.each(['trafficApplied', 'driftFound', 'writeRefused'] as const)(
    'of an older generation changes nothing: %s',
    (type) => {
      expect(happen(release, news(type, 1)).rollouts).toEqual(release.rollouts);
    },
  );
});

describe('a pause', () => {
  const pauseStep = (length?: number) => {
    const step = {
      wave: 0,
      kind: 'pause',
      ...(length === undefined ? {} : { length: duration(length) }),
    } as const;
    return aRunningRelease({ plan: aPlan({ steps: [step] }) });
  };

  it.each([
    ['without an end', undefined, { from: 'progressing', since: later }],
    ['until its end', 60_000, { from: 'progressing', since: later, until: after(later, 60_000) }],
  ])('begins with its step, %s', (_, length, paused) => {
    expect(happen(pauseStep(length), { type: 'stepStarted', index: 0 })).toMatchObject({
      phase: 'paused',
      paused,
    });
  });

  it.each(['progressing', 'baking'] as const)('goes back to %s, which begins anew', (phase) => {
    const cursor = { index: 1, started: true, enteredAt: aMoment };
    const paused = happen(aRunningRelease({ phase, cursor }), { type: 'paused' });
    expect(paused).toMatchObject({ phase: 'paused', paused: { from: phase, since: later } });
    const resumed = happen(paused, { type: 'resumed' });
    expect(resumed).toMatchObject({ phase, cursor: { index: 1, started: true, enteredAt: later } });
    expect(resumed).not.toHaveProperty('paused');
  });
});

describe('a hold', () => {
  const reason = (cluster: string) => ({ kind: 'noData', cluster, detail: '' }) as never;

  it('keeps its origin and its beginning when the reason becomes another one', () => {
    const held = evolve(
      aRunningRelease({ phase: 'baking' }),
      aReleaseEvent({ type: 'held', reason: reason('eu') }),
    );
    expect(happen(held, { type: 'held', reason: reason('us') })).toMatchObject({
      phase: 'held',
      held: { from: 'baking', since: aMoment, reason: { cluster: 'us' } },
    });
  });

  it('goes back to what it interrupted, which goes on where it was', () => {
    const release = aRunningRelease({ phase: 'baking' });
    const held = happen(release, { type: 'held', reason: reason('eu') });
    const { because: _, revision: _revision, ...before } = release;
    expect(happen(held, { type: 'released' })).toMatchObject(before);
    expect(happen(held, { type: 'released' })).not.toHaveProperty('held');
  });

  it('before anything was written goes back to that, or ends the release', () => {
    const held = happen(aRelease({ rollouts: [] }), { type: 'held', reason: reason('eu') });
    expect(held).toMatchObject({ phase: 'held', held: { from: 'pending' } });
    expect(happen(held, { type: 'released' })).toMatchObject({ phase: 'pending' });
    const cancelled = happen(held, { type: 'cancelled' });
    expect(cancelled).toMatchObject({ phase: 'cancelled', endedAt: later });
    expect(cancelled).not.toHaveProperty('held');
  });

  it.each<ReleaseFact>([
    { type: 'paused' },
    { type: 'promotionStarted' },
    { type: 'rollbackStarted', traffic: { generation: generation(3), clusters: [] } },
  ])('ends with $type', (fact) => {
    const held = happen(aRunningRelease(), { type: 'held', reason: reason('eu') });
    expect(happen(held, fact)).not.toHaveProperty('held');
  });
});

it('gives the measurements of one step to no other', () => {
  const metrics = [aMetric({ count: 1 })];
  const step = { wave: 0, kind: 'analyze', metrics } as const;
  const cursor = { index: 0, started: true, enteredAt: aMoment };
  const release = aRunningRelease({ plan: aPlan({ steps: [step, step] }), cursor }, 1_000);
  const measurements = ['eu', 'us'].map((cluster) => ({
    metric: 'success-rate',
    cluster: clusterName(cluster),
    ordinal: 0,
    from: later,
    to: after(later, 60_000),
    reading: { kind: 'value', candidate: { value: 99.9, requests: 100 } } as const,
  }));
  const seen = anObservation(release, {}, measurements);
  const outcome = advance(release, seen, judgeByThreshold, aMoment);
  expect(outcome.events.map(({ type }) => type)).toEqual(['stepCompleted', 'stepStarted']);
  expect(outcome.wait.because).toContain('0 of 1 measurements made');
});

it('signs what the loop decides with its own name', () => {
  const release = aRelease({ rollouts: [] });
  const { events } = advance(release, anObservation(release), judgeByThreshold, later);
  expect(events[0]).toMatchObject({ type: 'preparationStarted', actor: 'spillway', at: later });
});
