import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold, type Measurement } from '@spillway/domain-analysis';
import { after, clusterName, duration, generation, type Instant } from '@spillway/kernel';
import { decide } from './decide.js';
import type { ClusterSeen } from './observation.js';
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
const at = (minutes: number): Instant => after(aMoment, minutes * minute);
const bakes = { length: duration(3 * minute), metrics: [aMetric({ count: 1 })] };
const cursor = { index: 0, started: true, enteredAt: aMoment };
const steps = [{ wave: 0, kind: 'bake', ...bakes } as const];

/** One good reading a minute in each cluster, as many as are given, the first at `since`. */
const measured = (counts: Readonly<Record<string, number>>, since = 0): readonly Measurement[] =>
  Object.entries(counts).flatMap(([cluster, count]) =>
    Array.from({ length: count }, (_, ordinal) => ({
      metric: 'success-rate',
      cluster: clusterName(cluster),
      ordinal,
      from: at(since + ordinal),
      to: at(since + ordinal + 1),
      reading: { kind: 'value', candidate: { value: 99.9, requests: 100 } } as const,
    })),
  );

const kinds: readonly [string, Release, string][] = [
  [
    'a step',
    aRunningRelease({ plan: aPlan({ steps, maxUnavailableClusters: 1 }), cursor }, 1_000),
    'stepCompleted',
  ],
  [
    'the last one',
    aRunningRelease(
      {
        phase: 'baking',
        plan: aPlan({ bakeAfterPromotion: bakes, maxUnavailableClusters: 1 }),
        cursor,
      },
      10_000,
    ),
    'succeeded',
  ],
];

describe.each(kinds)('a bake: %s', (_, release, type) => {
  const [eu, us] = release.rollouts;
  if (eu === undefined || us === undefined) throw new Error('two clusters');
  const look = (
    made: readonly Measurement[],
    now: Instant,
    others: Readonly<Record<string, ClusterSeen>> = {},
    rollouts: Release['rollouts'] = release.rollouts,
  ) => {
    const given = { ...release, rollouts };
    return decide(given, anObservation(given, others, made), judgeByThreshold, now);
  };

  it('ends with every measurement of its time, and their verdicts', () => {
    expect(look(measured({ eu: 3, us: 3 }), at(3))).toMatchObject({
      fact: { type, verdicts: [{ kind: 'pass' }, { kind: 'pass' }] },
    });
  });

  it('does not end while one that was due within its time is missing, at whatever hour', () => {
    const because = 'waits for a measurement of success-rate in us';
    expect(look(measured({ eu: 3, us: 2 }), at(3))).toEqual({ kind: 'wait', because });
    expect(look(measured({ eu: 9, us: 2 }), at(99))).toEqual({ kind: 'wait', because });
  });

  it('waits for a cluster whose routing was changed: it would end unjudged there', () => {
    const open = [eu, ...unread([us])];
    expect(look(measured({ eu: 3, us: 3 }), at(3), { us: reachable() }, open)).toEqual({
      kind: 'wait',
      because: 'waits for us to read back its routing',
    });
  });

  it('measures once at the least where the weight came late', () => {
    const late = { ...us, applied: { generation: generation(2), at: at(3) } };
    const made = measured({ eu: 3 });
    expect(look(made, at(3), {}, [eu, late])).toEqual({
      kind: 'wait',
      because: 'waits for a measurement of success-rate in us',
    });
    const all = [...made, ...measured({ us: 1 }, 3)];
    expect(look(all, at(4), {}, [eu, late])).toMatchObject({ fact: { type } });
  });

  it('does without a lost cluster that never had the weight, where one may be lost', () => {
    const open = [eu, ...unread([us])];
    const seen = { us: unreachable() };
    expect(look(measured({ eu: 3 }), at(3), seen, open)).toMatchObject({ fact: { type } });
  });
});
