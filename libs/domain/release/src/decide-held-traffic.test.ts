import { describe, expect, it } from '@jest/globals';
import { judgeMetric, type Reading } from '@spillway/domain-analysis';
import {
  after,
  basisPoints,
  clusterName,
  duration,
  generation,
  type Instant,
} from '@spillway/kernel';
import { currentMetrics } from './active-metrics.js';
import { decide } from './decide.js';
import type { HoldReason } from './hold.js';
import type { Step } from './plan.js';
import type { Release } from './release.js';
import { aRunningRelease, anObservation, unreachable } from './testing/an-observation.js';
import { compared, counted, minutes } from './testing/counted.js';
import { aMoment, aPlan } from './testing/index.js';

const [eu, us] = ['eu', 'us'].map(clusterName) as [ReturnType<typeof clusterName>, never];
const minute = 60_000;
const at = (n: number): Instant => after(aMoment, n * minute);
const to = (percent: number, wave: number): Step => ({
  kind: 'setWeight',
  weight: basisPoints(100 * percent),
  wave,
});
const bake = (name: string, wave: number): Step => ({
  kind: 'bake',
  length: duration(minute),
  metrics: [compared({ name })],
  wave,
});
const lost: HoldReason = { kind: 'clusterUnreachable', clusters: [us], detail: 'gone' };

/** The first wave has everything, and the second cannot be reached. */
const held = (index: number, change: Partial<Release> = {}): Release => {
  const steps = [to(100, 0), bake('first', 0), to(10, 1), bake('second', 1)];
  const release = aRunningRelease(
    {
      plan: aPlan({ waves: [[eu], [us]], steps }),
      phase: 'held',
      held: { from: 'progressing', reason: lost, since: aMoment },
      cursor: { index, started: true, enteredAt: aMoment },
    },
    10_000,
  );
  const rollouts = release.rollouts.map((rollout) =>
    rollout.cluster === us
      ? { ...rollout, desired: { generation: generation(2), weight: basisPoints(0) } }
      : rollout,
  );
  return { ...release, rollouts, ...change };
};
const look = (release: Release, readings: readonly Reading[], now = at(readings.length)) => {
  const name = currentMetrics(release)[0]?.name ?? '';
  const seen = anObservation(release, { us: unreachable() }, minutes({ eu: readings }, name));
  return decide(release, seen, judgeMetric, now);
};
const good = counted([6_000, 6]);
const hopeless = counted([6_000, 5_990]);

describe('a change of traffic that is held', () => {
  const names = (release: Release) => currentMetrics(release).map(({ name }) => name);

  it('goes on to be judged by the metrics of the step before, or of the next one', () => {
    expect(names(held(2))).toEqual(['first']);
    expect(names(held(0))).toEqual(['first']);
    expect(names(held(4, { phase: 'held' }))).toEqual(['second']);
  });

  it('rolls back when the candidate fails meanwhile where it has traffic', () => {
    expect(look(held(2), [good]).kind).toBe('wait');
    expect(look(held(2), [good, hopeless])).toMatchObject({
      fact: { type: 'rollbackStarted' },
      because: expect.stringMatching(/^first in eu: 1 of 2 measurements failed/),
    });
  });

  it('has patience for missing data as every step has', () => {
    const { reason } = { reason: { kind: 'noData', cluster: eu, detail: '' } as HoldReason };
    const silent = held(2, { held: { from: 'progressing', reason, since: aMoment } });
    expect(look(silent, [{ kind: 'empty' }], at(5))).toMatchObject({ kind: 'do' });
    expect(look(held(2), [{ kind: 'empty' }], at(6))).toMatchObject({ fact: { type: 'paused' } });
  });

  it('is judged too while it was promoted by hand', () => {
    const promoting = held(4, { held: { from: 'promoting', reason: lost, since: aMoment } });
    expect(look(promoting, [hopeless])).toMatchObject({ fact: { type: 'rollbackStarted' } });
  });
});

it('a change of traffic that is not held measures nothing', () => {
  const { held: _reason, ...running } = held(2, { phase: 'progressing' });
  expect(currentMetrics(running)).toEqual([]);
  const { held: _other, ...promoting } = held(4, { phase: 'promoting' });
  expect(currentMetrics(promoting)).toEqual([]);
});

it('a bake without metrics is not judged by those of others', () => {
  const steps = [bake('first', 0), { ...bake('none', 0), metrics: [] } as Step];
  const bare = held(1, { plan: aPlan({ waves: [[eu], [us]], steps }) });
  expect(currentMetrics(bare)).toEqual([]);
});
