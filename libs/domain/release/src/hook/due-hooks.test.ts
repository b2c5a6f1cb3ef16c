import { describe, expect, it } from '@jest/globals';
import { after, duration } from '@spillway/kernel';
import { act, wait } from '../decision.js';
import type { Phase } from '../phase.js';
import type { Release } from '../release.js';
import { aRunningRelease } from '../testing/an-observation.js';
import { aHook, aMoment, aPlan, anAnswer } from '../testing/index.js';
import { dueHooks } from './due-hooks.js';
import type { HookAnswer } from './hook.js';

const hooks = [
  aHook(),
  aHook({ name: 'load', point: 'rollout' }),
  aHook({ name: 'stop', point: 'rollback', interval: duration(5_000) }),
  aHook({ name: 'told', point: 'event' }),
  aHook({ name: 'after', point: 'post-rollout' }),
];
const plan = aPlan({ hooks });
const idle = wait('nothing to do');

const due = (release: Release, answers: readonly HookAnswer[] = [], waiting = idle) =>
  Object.fromEntries(
    dueHooks(release, answers, waiting, aMoment).map(({ hook, at }) => [hook.name, at - aMoment]),
  );

describe('hooks that are to be called', () => {
  it('are those asked all the time while the candidate has traffic', () => {
    expect(due(aRunningRelease({ plan }, 1_000))).toEqual({ load: 0, stop: 0 });
  });

  it('are asked again after their interval', () => {
    const answers = [
      anAnswer({ hook: 'load', slot: 'g2', outcome: 'closed' }),
      anAnswer({ hook: 'stop', outcome: 'closed', at: after(aMoment, -2_000) }),
    ];
    expect(due(aRunningRelease({ plan }, 1_000), answers)).toEqual({ load: 10_000, stop: 3_000 });
  });

  it('are asked at once about what they were not asked before', () => {
    const before = anAnswer({ hook: 'load', slot: 'g1' });
    expect(due(aRunningRelease({ plan }, 1_000), [before])).toMatchObject({ load: 0 });
  });

  it('are not asked whether to roll back while nothing can be', () => {
    for (const phase of [
      'queued',
      'pending',
      'rollingBack',
      'superseded',
    ] as const satisfies Phase[]) {
      expect(due(aRunningRelease({ plan, phase }, 1_000))).toEqual({});
    }
  });

  it('are not judged by in a pause, but may ask for a rollback', () => {
    const paused = { from: 'progressing', since: aMoment } as const;
    expect(due(aRunningRelease({ plan, phase: 'paused', paused }, 1_000))).toEqual({ stop: 0 });
  });

  it('include the one that the release waits for', () => {
    const waiting = { kind: 'wait', because: 'waits', asks: 'gate' } as const;
    expect(due(aRunningRelease({ plan }), [], waiting)).toEqual({ gate: 0, stop: 0 });
    expect(due(aRunningRelease({ plan }), [], act({ type: 'prepared' }, ''))).toEqual({ stop: 0 });
  });

  it('include the one that holds it', () => {
    const reason = { kind: 'hookClosed', hook: 'gate', clusters: [], detail: 'closed' } as const;
    const held = { from: 'progressing', since: aMoment, reason } as const;
    const release = aRunningRelease({ plan, phase: 'held', held });
    const answers = [anAnswer({ slot: 'g2', outcome: 'closed', at: after(aMoment, -4_000) })];
    expect(due(release, answers)).toEqual({ gate: 6_000, stop: 0 });
  });
});
