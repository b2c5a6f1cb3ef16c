import { describe, expect, it } from '@jest/globals';
import type { ReleaseEvent } from '../event.js';
import { aRunningRelease } from '../testing/an-observation.js';
import { aHook, aMoment } from '../testing/index.js';
import { hookPayload } from './hook-payload.js';

describe('what is posted to a hook', () => {
  it('is what Flagger posts, and what that lacks beside it', () => {
    const hook = aHook({ metadata: { type: 'bash', cmd: 'true' } });
    expect(hookPayload(hook, aRunningRelease({}, 1_000))).toEqual({
      name: 'catalog',
      namespace: 'shop',
      phase: 'Progressing',
      checksum: '00000000',
      metadata: { type: 'bash', cmd: 'true' },
      release: {
        id: '00000000-0000-4000-8000-000000000001',
        service: 'shop/catalog',
        stable: 'v1',
        candidate: 'v2',
        phase: 'progressing',
        because: 'anna asked for it',
        step: 0,
        steps: 4,
        weights: { eu: 10, us: 10 },
      },
    });
  });

  it.each([
    ['succeeded', 'Succeeded'],
    ['rolledBack', 'Failed'],
    ['cancelled', 'Failed'],
    ['promoting', 'Promoting'],
    ['baking', 'Finalising'],
  ] as const)('calls the phase %s %s', (phase, word) => {
    expect(hookPayload(aHook({ point: 'post-rollout' }), aRunningRelease({ phase })).phase).toBe(
      word,
    );
  });

  it('names the phase that a hold or a pause interrupts', () => {
    const paused = { from: 'baking', since: aMoment } as const;
    const release = aRunningRelease({ phase: 'paused', paused });
    expect(hookPayload(aHook(), release).phase).toBe('Finalising');
  });

  it('tells an event in words that the hook cannot replace', () => {
    const event: ReleaseEvent = {
      type: 'rolledBack',
      because: 'all traffic is on v1',
      actor: 'spillway',
      at: aMoment,
    };
    const hook = aHook({ point: 'event', metadata: { eventMessage: 'mine', team: 'shop' } });
    expect(hookPayload(hook, aRunningRelease(), event).metadata).toEqual({
      team: 'shop',
      eventMessage: 'all traffic is on v1',
      eventType: 'Warning',
      timestamp: String(aMoment),
    });
  });
});
