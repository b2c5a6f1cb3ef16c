import { describe, expect, it } from '@jest/globals';
import { after, instant } from '@spillway/kernel';
import { advance } from '../advance.js';
import { decide } from '../decide.js';
import type { Observation } from '../observation.js';
import type { Release } from '../release.js';
import { aRunningRelease, anObservation } from '../testing/an-observation.js';
import { aHook, aMoment, aPlan, anAnswer } from '../testing/index.js';
import { judgingOnce } from '../testing/judging-once.js';
import type { Hook, HookAnswer, HookPoint } from './hook.js';

const atFirstWeight = { index: 0, started: true, enteredAt: aMoment };
const atLastWeight = { index: 4, started: false, enteredAt: aMoment };

const released = (hook: Hook, more: Partial<Release> = {}, weight = 0): Release =>
  aRunningRelease({ plan: aPlan({ hooks: [hook] }), cursor: atFirstWeight, ...more }, weight);

const next = (release: Release, answers: readonly HookAnswer[] = [], now = aMoment) =>
  decide(release, { ...anObservation(release), hookAnswers: answers }, judgingOnce(), now);

const closed = (more: Partial<HookAnswer> = {}): HookAnswer =>
  anAnswer({ outcome: 'closed', detail: 'it answered 403: Forbidden', ...more });

describe.each<[HookPoint, string]>([
  ['confirm-rollout', 'once'],
  ['pre-rollout', 'once'],
  ['confirm-traffic-increase', 'g2'],
])('a hook at %s', (point, slot) => {
  const hook = aHook({ point, failureLimit: 2 });
  const release = released(hook);

  it('is asked before the candidate gets anything', () => {
    expect(next(release)).toEqual({
      kind: 'wait',
      because: `waits for the answer of hook "gate" (${point})`,
      asks: 'gate',
    });
  });

  it('lets it have what the plan says when it agrees', () => {
    expect(next(release, [anAnswer({ slot })])).toMatchObject({
      fact: { type: 'trafficShifted' },
    });
  });

  it('holds it while it does not, with its own words', () => {
    expect(next(release, [closed({ slot })])).toMatchObject({
      fact: { type: 'held', reason: { kind: 'hookClosed', hook: 'gate', clusters: ['eu', 'us'] } },
      because: expect.stringContaining('it answered 403: Forbidden'),
    });
  });

  it('holds it while nobody knows what it thinks', () => {
    const answer = closed({ slot, outcome: 'unanswered', detail: 'no answer within 50 ms' });
    expect(next(release, [answer])).toMatchObject({
      fact: { type: 'held', reason: { kind: 'hookUnanswered', hook: 'gate' } },
      because: expect.stringContaining('no answer within 50 ms'),
    });
  });

  it('ends the hold with the next answer that agrees', () => {
    const seen: Observation = { ...anObservation(release), hookAnswers: [closed({ slot })] };
    const { release: held } = advance(release, seen, judgingOnce(), aMoment);
    expect(held.phase).toBe('held');
    const now = after(aMoment, 20_000);
    const answers = [closed({ slot }), anAnswer({ slot, at: now })];
    expect(next(held, answers, now)).toMatchObject({ fact: { type: 'released' } });
  });

  it('is no news while it stays closed', () => {
    const seen: Observation = { ...anObservation(release), hookAnswers: [closed({ slot })] };
    const { events, wait } = advance(release, seen, judgingOnce(), aMoment);
    expect(events.map(({ type }) => type)).toEqual(['held']);
    expect(wait.because).toContain('403');
  });
});

describe('before a further increase', () => {
  it.each<HookPoint>(['confirm-rollout', 'pre-rollout'])('%s is not asked again', (point) => {
    const release = released(aHook({ point }), { cursor: { ...atFirstWeight, index: 2 } }, 1_000);
    expect(next(release)).toMatchObject({ fact: { type: 'trafficShifted' } });
  });

  it('confirm-traffic-increase is asked anew: an answer to the one before is none', () => {
    const release = released(aHook(), { cursor: { ...atFirstWeight, index: 2 } }, 1_000);
    expect(next(release, [anAnswer({ slot: 'g1' })])).toMatchObject({ kind: 'wait', asks: 'gate' });
  });

  it('an agreement that is minutes old is asked for again', () => {
    const later = after(aMoment, 300_000);
    const release = released(aHook());
    const answer = anAnswer({ slot: 'g2' });
    expect(next(release, [answer], instant(later - 1))).toMatchObject({ kind: 'do' });
    expect(next(release, [answer], later)).toMatchObject({ kind: 'wait', asks: 'gate' });
  });

  it('rollout has to have passed with what the candidate has now', () => {
    const hook = aHook({ point: 'rollout' });
    const release = released(hook, { cursor: { ...atFirstWeight, index: 2 } }, 1_000);
    expect(next(release, [anAnswer({ slot: 'g1' })])).toMatchObject({ kind: 'wait', asks: 'gate' });
    expect(next(release, [anAnswer({ slot: 'g2' })])).toMatchObject({ kind: 'do' });
  });

  it('confirm-promotion is asked before 100 %, and not before less', () => {
    const hook = aHook({ point: 'confirm-promotion' });
    expect(next(released(hook))).toMatchObject({ fact: { type: 'trafficShifted' } });
    const last = released(hook, { phase: 'promoting', cursor: atLastWeight }, 5_000);
    expect(next(last)).toMatchObject({ kind: 'wait', asks: 'gate' });
  });

  it('asks hooks in their order, each when those before it agree', () => {
    const hooks = [aHook({ name: 'first' }), aHook({ name: 'second' })];
    const release = aRunningRelease({ plan: aPlan({ hooks }), cursor: atFirstWeight });
    expect(next(release)).toMatchObject({ asks: 'first' });
    const first = anAnswer({ hook: 'first', slot: 'g2' });
    expect(next(release, [first])).toMatchObject({ asks: 'second' });
  });

  it.each<HookPoint>(['post-rollout', 'event'])('%s is never asked', (point) => {
    expect(next(released(aHook({ point })))).toMatchObject({ fact: { type: 'trafficShifted' } });
  });
});

describe('a rollback', () => {
  it('is made when a hook at rollback agrees, also while the release is paused', () => {
    const paused = released(
      aHook({ point: 'rollback' }),
      { phase: 'paused', paused: { from: 'progressing', since: aMoment } },
      1_000,
    );
    expect(next(paused, [anAnswer()])).toMatchObject({
      fact: { type: 'rollbackStarted' },
      because: 'hook "gate" asks for a rollback: it answered 200: OK',
    });
    expect(next(paused, [closed()])).toMatchObject({ kind: 'wait' });
  });

  it('is not made for a hook at rollback that nobody can ask, but nothing is increased then', () => {
    const release = released(aHook({ point: 'rollback' }));
    expect(next(release, [closed()])).toMatchObject({ fact: { type: 'trafficShifted' } });
    expect(next(release, [closed({ outcome: 'unanswered' })])).toMatchObject({
      fact: { type: 'held', reason: { kind: 'hookUnanswered' } },
    });
  });

  it.each<HookPoint>(['rollout', 'pre-rollout'])(
    'is made after more failures of %s than its limit, whatever passed between',
    (point) => {
      const release = released(aHook({ point, failureLimit: 2 }), {}, 1_000);
      const answers = [
        closed({ slot: 'g1', times: 2 }),
        anAnswer({ slot: 'g2' }),
        closed({ slot: 'g2', at: after(aMoment, 1) }),
      ];
      expect(next(release, answers.slice(0, 2))).not.toMatchObject({
        fact: { type: 'rollbackStarted' },
      });
      expect(next(release, answers)).toMatchObject({
        fact: { type: 'rollbackStarted' },
        because: 'hook "gate" failed 3 times, and 2 may: it answered 403: Forbidden',
      });
    },
  );

  it('is not made because nobody answers, however often', () => {
    const release = released(aHook({ point: 'rollout' }), {}, 1_000);
    const silent = closed({ slot: 'g2', outcome: 'unanswered', times: 1_000 });
    expect(next(release, [silent])).not.toMatchObject({ fact: { type: 'rollbackStarted' } });
  });

  it('waits for no hook', () => {
    const hooks = [aHook(), aHook({ name: 'told', point: 'event' }), aHook({ point: 'rollback' })];
    const release = aRunningRelease({ plan: aPlan({ hooks }), cursor: atFirstWeight }, 1_000);
    const { clusters } = anObservation(release, {});
    const [[eu] = []] = release.plan.waves;
    const dead = new Map(clusters).set(
      eu as never,
      {
        ...(clusters.get(eu as never) as never as object),
        candidateEndpoints: 0,
      } as never,
    );
    const silent = closed({ slot: 'g2', outcome: 'unanswered' });
    const seen = { clusters: dead, measurements: [], hookAnswers: [silent] };
    expect(decide(release, seen, judgingOnce(), aMoment)).toMatchObject({
      fact: { type: 'rollbackStarted' },
    });
  });
});
