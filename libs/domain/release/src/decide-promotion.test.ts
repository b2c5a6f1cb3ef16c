import { describe, expect, it } from '@jest/globals';
import { judgeByThreshold } from '@spillway/domain-analysis';
import { after, clusterName, duration, generation, instant } from '@spillway/kernel';
import { decide } from './decide.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';
import { aRunningRelease, anObservation, reachable, unread } from './testing/an-observation.js';
import { aMoment, aPlan } from './testing/index.js';

const now = after(aMoment, 1_000);
const look = (release: Release, seen: Observation = anObservation(release), at = now) =>
  decide(release, seen, judgeByThreshold, at);
const inStep = (index: number, started = true): Release['cursor'] => ({
  index,
  started,
  enteredAt: aMoment,
});

describe('promotion', () => {
  const promoting = (weight: number, overrides: Partial<Release> = {}) =>
    aRunningRelease({ phase: 'promoting', cursor: inStep(4, false), ...overrides }, weight);

  it('brings every wave to 100 %, also those that a person skipped', () => {
    const plan = aPlan({ waves: [[clusterName('us')], [clusterName('eu')]] });
    expect(look(promoting(1_000, { plan }))).toMatchObject({
      fact: {
        type: 'trafficShifted',
        traffic: {
          clusters: [
            { cluster: 'us', weight: 10_000 },
            { cluster: 'eu', weight: 10_000 },
          ],
        },
      },
    });
  });

  it('waits for endpoints like every other weight', () => {
    const release = promoting(0);
    const none = reachable({ inForce: generation(2), candidateEndpoints: 0 });
    expect(look(release, anObservation(release, { us: none }))).toMatchObject({
      fact: { type: 'held', reason: { kind: 'noReadyEndpoints', cluster: 'us' } },
    });
    expect(look(release, anObservation(release, { us: { kind: 'connecting' } }))).toEqual({
      kind: 'wait',
      because: 'reads the endpoints of v2',
    });
  });

  it('waits for every cluster to read back 100 %', () => {
    const release = promoting(10_000);
    const open = { ...release, rollouts: unread(release.rollouts) };
    const seen = anObservation(release, { eu: reachable(), us: reachable() });
    expect(look(open, seen)).toEqual({
      kind: 'wait',
      because: 'waits for eu, us to read back its routing',
    });
  });

  it('succeeds at 100 % where nothing has to bake', () => {
    expect(look(promoting(10_000))).toEqual({
      kind: 'do',
      because: 'v2 is the stable version now',
      fact: { type: 'succeeded' },
    });
  });

  it('bakes at 100 %, and succeeds at the end of that', () => {
    const plan = aPlan({ bakeAfterPromotion: { length: duration(60_000), metrics: [] } });
    expect(look(promoting(10_000, { plan }))).toMatchObject({
      fact: { type: 'bakeStarted' },
      because: 'v2 has all traffic; bakes for 1m',
    });
    const baking = promoting(10_000, { plan, phase: 'baking' });
    const end = after(aMoment, 60_000);
    expect(look(baking, anObservation(baking), instant(end - 1))).toMatchObject({
      kind: 'wait',
      wakeUp: end,
    });
    expect(look(baking, anObservation(baking), end)).toMatchObject({ fact: { type: 'succeeded' } });
  });
});
