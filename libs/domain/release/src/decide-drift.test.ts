import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, clusterName, duration, generation } from '@spillway/kernel';
import { advance } from './advance.js';
import { schedule } from './analysis.js';
import { decide } from './decide.js';
import { evolve } from './evolve.js';
import type { Plan, Step } from './plan.js';
import type { Release } from './release.js';
import { aRunningRelease, anObservation, reachable } from './testing/an-observation.js';
import { aMetric, aMoment, aPlan, aReleaseEvent } from './testing/index.js';
import { obeyed } from './testing/obeyed.js';

const now = after(aMoment, 1_000);
const us = clusterName('us');
const last = generation(2);
const bake: Step = { wave: 0, kind: 'bake', length: duration(60_000), metrics: [] };
const cursor = { index: 0, started: true, enteredAt: aMoment };
const baking = (plan: Partial<Plan> = {}): Release =>
  aRunningRelease({ plan: aPlan({ steps: [bake], ...plan }), cursor }, 1_000);
const edited = { us: reachable({ drift: 'kubectl-edit made weight 50 instead of 10' }) };
const detail = 'the routing in us was changed: kubectl-edit made weight 50 instead of 10';
const advanced = (release: Release, others: Parameters<typeof anObservation>[1] = {}) =>
  advance(release, anObservation(release, others), judgeByThreshold, now);

describe('routing that somebody changed', () => {
  it('is to be written again, without a word, unless the service says otherwise', () => {
    const { release, events } = advanced(baking(), edited);
    expect(events).toMatchObject([
      { type: 'driftFound', cluster: us, generation: last, because: detail },
    ]);
    expect(events[0]).not.toHaveProperty('detail');
    expect(release.phase).toBe('progressing');
    expect(release.rollouts[1]).not.toHaveProperty('applied');
  });

  it('is told to people when it is changed for the fifth time in ten minutes', () => {
    let release = baking({ steps: [{ ...bake, length: duration(3_600_000) }] });
    const times: string[] = [];
    for (let at = now; release.phase === 'progressing'; at = after(at, 60_000)) {
      const { release: seen, events } = advance(
        release,
        anObservation(release, edited),
        judgeByThreshold,
        at,
      );
      times.push(events.map(({ type }) => type).join());
      release = advance(seen, anObservation(seen), judgeByThreshold, at).release;
      if (seen.phase === 'held') release = seen;
    }
    expect(times).toEqual([...Array<string>(4).fill('driftFound'), 'driftFound,held']);
    expect(release.because).toContain('was changed again and again: kubectl-edit');
    expect(release.rollouts[1]).toMatchObject({ drifted: release.because });
    expect(release.rollouts[1]).not.toHaveProperty('healed');
  });

  it('is written over as often as it takes when it comes once an hour', () => {
    const healed = { times: 4, since: aMoment };
    const last = baking();
    const release = { ...last, rollouts: last.rollouts.map((one) => ({ ...one, healed })) };
    const later = after(aMoment, 3_600_000);
    const { events } = advance(release, anObservation(release, edited), judgeByThreshold, later);
    expect(events[0]).not.toHaveProperty('detail');
  });

  it('holds the release of a service that wants to be asked', () => {
    const { release, events } = advanced(baking({ drift: 'hold' }), edited);
    expect(events).toMatchObject([
      { type: 'driftFound', detail },
      { type: 'held', reason: { kind: 'drift', cluster: us, detail } },
    ]);
    expect(release.rollouts[1]).toMatchObject({ drifted: detail });
    expect(advanced(release, edited).events).toEqual([]);
  });

  it('is held, and the candidate still judged by what it answers there', () => {
    const metrics = [aMetric({ count: 1, failureLimit: 0 })];
    const { release } = advanced(baking({ drift: 'hold', steps: [{ ...bake, metrics }] }), edited);
    expect(release.phase).toBe('held');
    const [due] = schedule(release, []).filter(({ cluster }) => cluster === us);
    if (due === undefined) throw new Error('it is measured');
    const reading = { kind: 'value', candidate: { value: 50, requests: 1_000 } } as const;
    const bad = {
      metric: due.spec.name,
      cluster: us,
      ordinal: 0,
      from: now,
      to: due.at,
      reading,
    };
    const seen = anObservation(release, edited, [bad]);
    expect(advance(release, seen, judgeByThreshold, due.at).release.phase).toBe('rollingBack');
  });

  it('holds no longer when it is as it was', () => {
    const { release } = advanced(baking({ drift: 'hold' }), edited);
    const { release: healed, events } = advanced(release);
    expect(events).toMatchObject([{ type: 'trafficApplied', cluster: us }, { type: 'released' }]);
    expect(healed.rollouts[1]).not.toHaveProperty('drifted');
    expect(healed.phase).toBe('progressing');
  });

  it('stands in no way back: the rollback writes it, whatever the service says of drift', () => {
    const { release } = advanced(baking({ drift: 'hold' }), edited);
    const fact = obeyed(release, { verb: 'abort', comment: '' });
    const back = evolve(release, aReleaseEvent(fact));
    expect(back.phase).toBe('rollingBack');
    expect(back.rollouts.map(({ drifted }) => drifted)).toEqual([undefined, undefined]);
    const taken = {
      ...back,
      rollouts: back.rollouts.map((one) => ({
        ...one,
        applied: { generation: one.desired.generation, at: aMoment },
      })),
    };
    const decision = decide(taken, anObservation(taken, edited), judgeByThreshold, now);
    expect(decision).toMatchObject({ fact: { type: 'driftFound', cluster: us } });
    expect(decision).not.toHaveProperty('fact.detail');
  });
});
