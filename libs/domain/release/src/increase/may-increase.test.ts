import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, after, basisPoints, clusterName, generation } from '@spillway/kernel';
import { advance } from '../advance.js';
import { decide } from '../decide.js';
import type { Freeze, Observation } from '../observation.js';
import type { Release } from '../release.js';
import { aRunningRelease, anObservation } from '../testing/an-observation.js';
import { aMoment, aPlan } from '../testing/index.js';
import { judgingOnce } from '../testing/judging-once.js';
import { raises } from './raises.js';

const [eu, us] = ['eu', 'us'].map(clusterName) as [ReturnType<typeof clusterName>, never];
const monday = after(aMoment, 3_600_000);
const aFreeze = (overrides: Partial<Freeze> = {}): Freeze => ({
  window: 'weekend',
  clusters: [eu, us],
  until: monday,
  because: 'nobody is there',
  ...overrides,
});
const frozen = (release: Release, ...freezes: readonly Freeze[]): Observation => ({
  ...anObservation(release),
  freezes,
});
const atFirstWeight = aRunningRelease({ cursor: { index: 0, started: true, enteredAt: aMoment } });
const next = (release: Release, seen: Observation, now = aMoment) =>
  decide(release, seen, judgingOnce(), now);

describe('a freeze window', () => {
  it('holds a step that gives the candidate more, and says until when', () => {
    expect(next(atFirstWeight, frozen(atFirstWeight, aFreeze()))).toEqual({
      kind: 'do',
      fact: {
        type: 'held',
        reason: {
          kind: 'frozen',
          windows: ['weekend'],
          clusters: [eu, us],
          until: monday,
          detail: 'frozen by "weekend" until 2026-01-05T11:00:00.000Z: nobody is there',
        },
      },
      because: 'frozen by "weekend" until 2026-01-05T11:00:00.000Z: nobody is there',
    });
  });

  it('wakes the release when it ends, and lets it go on then', () => {
    const seen = frozen(atFirstWeight, aFreeze());
    const { release, wait } = advance(atFirstWeight, seen, judgingOnce(), aMoment);
    expect(wait.wakeUp).toBe(monday);
    expect(advance(release, seen, judgingOnce(), monday).release).toMatchObject({
      phase: 'progressing',
      rollouts: [{ desired: { weight: 1_000 } }, { desired: { weight: 1_000 } }],
    });
  });

  it('holds a promotion', () => {
    const promoting = aRunningRelease({
      phase: 'promoting',
      cursor: { index: 4, started: false, enteredAt: aMoment },
    });
    expect(next(promoting, frozen(promoting, aFreeze()))).toMatchObject({
      fact: { type: 'held', reason: { kind: 'frozen' } },
    });
  });

  it('of other clusters is nothing to this one', () => {
    const seen = frozen(atFirstWeight, aFreeze({ clusters: [clusterName('ap')] }));
    expect(next(atFirstWeight, seen)).toMatchObject({ fact: { type: 'trafficShifted' } });
  });

  it('does not count while somebody overrode it, and counts the next time', () => {
    const overridden = {
      ...atFirstWeight,
      overriddenFreezes: [{ window: 'weekend', until: monday }],
    };
    const seen = frozen(overridden, aFreeze());
    expect(next(overridden, seen)).toMatchObject({ fact: { type: 'trafficShifted' } });
    const later = frozen(overridden, aFreeze({ until: after(monday, 1) }));
    expect(next(overridden, later, monday)).toMatchObject({ fact: { type: 'held' } });
  });

  it('does not keep a step from taking traffic away', () => {
    const falling = aRunningRelease(
      {
        plan: aPlan({ steps: [{ wave: 0, kind: 'setWeight', weight: basisPoints(100) }] }),
        cursor: { index: 0, started: true, enteredAt: aMoment },
      },
      5_000,
    );
    expect(next(falling, frozen(falling, aFreeze()))).toMatchObject({
      fact: { type: 'trafficShifted', traffic: { clusters: [{ weight: 100 }, { weight: 100 }] } },
    });
  });

  it('does not keep a release from going back', () => {
    const dead = anObservation(aRunningRelease({}, 1_000));
    const release = aRunningRelease({}, 1_000);
    const euDead = { ...dead.clusters.get(eu), candidateEndpoints: 0 } as never;
    const seen = {
      ...dead,
      clusters: new Map(dead.clusters).set(eu, euDead),
      freezes: [aFreeze()],
    };
    expect(next(release, seen)).toMatchObject({ fact: { type: 'rollbackStarted' } });
  });
});

it('takes traffic away where it is too much before it asks for more elsewhere', () => {
  const release = aRunningRelease({
    plan: aPlan({ steps: [{ wave: 0, kind: 'setWeight', weight: basisPoints(1_000) }] }),
    cursor: { index: 0, started: true, enteredAt: aMoment },
  });
  const [first, second] = release.rollouts as [Release['rollouts'][0], Release['rollouts'][0]];
  const mixed = {
    ...release,
    rollouts: [
      { ...first, desired: { generation: generation(2), weight: EVERYTHING } },
      { ...second, desired: { generation: generation(2), weight: basisPoints(0) } },
    ],
  };
  expect(next(mixed, frozen(mixed, aFreeze()))).toMatchObject({
    fact: { type: 'trafficShifted', traffic: { clusters: [{ cluster: 'eu', weight: 1_000 }] } },
  });
});

describe('the candidate sees more', () => {
  const weight = basisPoints(1_000);
  const route = { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] };
  const other = { name: 'testers', match: [{ headers: { 'x-tester': { exact: 'all' } } }] };
  const copies = { share: basisPoints(100), methods: 'safe' } as const;
  const none = { weight: basisPoints(0) };

  it.each([
    ['by weight', none, { weight }],
    ['by a route', none, { ...none, routes: [route] }],
    [
      'by a route that matches something else',
      { ...none, routes: [route] },
      { ...none, routes: [other] },
    ],
    ['by copies', none, { ...none, mirror: copies }],
    [
      'by copies of more methods',
      { ...none, mirror: copies },
      { ...none, mirror: { ...copies, methods: 'all' as const } },
    ],
  ])('%s', (_, before, now) => expect(raises(before, now)).toBe(true));

  it.each([
    ['with less weight', { weight }, none],
    ['without a route', { weight, routes: [route] }, { weight }],
    ['without copies', { ...none, mirror: copies }, none],
    [
      'with the same',
      { weight, routes: [route] },
      { weight, routes: [{ ...route, name: 'other' }] },
    ],
  ])('not %s', (_, before, now) => expect(raises(before, now)).toBe(false));
});
