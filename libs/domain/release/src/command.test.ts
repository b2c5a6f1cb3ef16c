import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, NOTHING, clusterName, generation, instant } from '@spillway/kernel';
import { obey, releaseVerbs, type ReleaseVerb } from './command.js';
import { evolve } from './evolve.js';
import { phases, type Phase } from './phase.js';
import type { Release } from './release.js';
import { aRunningRelease, unread } from './testing/an-observation.js';
import { aMoment, aReleaseEvent } from './testing/index.js';

const us = clusterName('us');

/** A release in this phase; of `held` and `paused`, out of that one. */
function aReleaseIn(phase: Phase, from: Phase = 'progressing'): Release {
  const reason = { kind: 'noReadyEndpoints', cluster: 'eu', detail: 'none' } as never;
  return aRunningRelease({
    phase,
    ...(phase === 'held' ? { held: { from, reason, since: aMoment } } : {}),
    ...(phase === 'paused' ? { paused: { from, since: aMoment } } : {}),
  });
}

const possible: Readonly<Record<string, readonly ReleaseVerb[]>> = {
  pending: ['abort'],
  preparing: ['abort'],
  progressing: ['pause', 'promote', 'abort'],
  promoting: ['abort'],
  baking: ['pause', 'abort'],
  'held from pending': ['abort'],
  'held from preparing': ['abort'],
  'held from progressing': ['pause', 'promote', 'abort'],
  'held from promoting': ['abort'],
  'held from baking': ['pause', 'abort'],
  'paused from progressing': ['resume', 'promote', 'abort'],
  'paused from baking': ['resume', 'abort'],
};
const situations: readonly [string, Release][] = [
  ...phases
    .filter((phase) => phase !== 'held' && phase !== 'paused')
    .map((phase) => [phase, aReleaseIn(phase)] as [string, Release]),
  ...(['pending', 'preparing', 'progressing', 'promoting', 'baking'] as const).map(
    (from) => [`held from ${from}`, aReleaseIn('held', from)] as [string, Release],
  ),
  ...(['progressing', 'baking'] as const).map(
    (from) => [`paused from ${from}`, aReleaseIn('paused', from)] as [string, Release],
  ),
];

describe.each(situations)('%s', (situation, release) => {
  const allowed = possible[situation] ?? [];

  it.each(releaseVerbs)('%s', (verb) => {
    const fact = obey(release, verb);
    expect(fact.ok).toBe(allowed.includes(verb));
    if (fact.ok) {
      // What is obeyed is also a legal move.
      expect(evolve(release, aReleaseEvent(fact.value)).phase).not.toBe(release.phase);
      return;
    }
    expect(fact.error).toMatchObject({
      code: 'NOT_POSSIBLE_IN_PHASE',
      message: expect.stringContaining(
        `is ${release.phase} (${release.because}), so it cannot ${verb}.`,
      ),
      next:
        allowed.length === 0
          ? 'Nothing can be done to it any more; start a new release.'
          : `What can be done now: ${allowed.join(', ')}.`,
    });
  });
});

it('what is held for somebody’s change can be resumed: it is written again, and no other that nobody was shown', () => {
  const reason = { kind: 'drift', cluster: us, detail: 'kubectl-edit' } as const;
  const release = aRunningRelease({
    phase: 'held',
    held: { from: 'baking', reason, since: aMoment },
    rollouts: aRunningRelease().rollouts.map((one) => ({ ...one, drifted: 'kubectl-edit' })),
  });
  const fact = obey(release, 'resume');
  if (!fact.ok) throw new Error(fact.error.message);
  const after = evolve(release, aReleaseEvent(fact.value));
  expect(after).toMatchObject({ phase: 'baking' });
  expect(after.rollouts.map(({ drifted }) => drifted)).toEqual(['kubectl-edit', undefined]);
});

it.each<[ReleaseVerb, Phase, Phase]>([
  ['pause', 'progressing', 'paused'],
  ['resume', 'paused', 'progressing'],
  ['promote', 'progressing', 'promoting'],
  ['abort', 'progressing', 'rollingBack'],
  ['abort', 'pending', 'cancelled'],
])('%s takes a release from %s to %s', (verb, from, to) => {
  const release = aReleaseIn(from);
  const fact = obey(release, verb);
  if (!fact.ok) throw new Error(fact.error.message);
  expect(evolve(release, aReleaseEvent(fact.value)).phase).toBe(to);
});

it('cancels a release that was held before it wrote anything, and has nothing to take back', () => {
  const held = aReleaseIn('held', 'pending');
  expect(obey(held, 'abort')).toEqual({ ok: true, value: { type: 'cancelled' } });
  expect(evolve(held, aReleaseEvent({ type: 'cancelled' }))).toMatchObject({ phase: 'cancelled' });
  expect(obey(aReleaseIn('held', 'preparing'), 'abort')).toMatchObject({
    value: { type: 'rollbackStarted' },
  });
});

it('refuses a command that has had its effect', () => {
  const paused = evolve(aReleaseIn('progressing'), aReleaseEvent({ type: 'paused' }));
  expect(obey(paused, 'pause').ok).toBe(false);
  expect(obey(aReleaseIn('rollingBack'), 'abort').ok).toBe(false);
});

it('takes traffic back on abort only where there may be some, in a generation of its own', () => {
  const release = aRunningRelease();
  const [eu, us] = release.rollouts;
  if (eu === undefined || us === undefined) throw new Error('two clusters');
  const rollouts = [{ ...eu, desired: { generation: generation(2), weight: EVERYTHING } }, us];
  expect(obey({ ...release, rollouts }, 'abort')).toEqual({
    ok: true,
    value: {
      type: 'rollbackStarted',
      traffic: { generation: 3, clusters: [{ cluster: 'eu', weight: NOTHING }] },
    },
  });
});

it('ends a rollback that waits for nothing but lost clusters on a second abort, and no other', () => {
  const back = aReleaseIn('rollingBack');
  const [eu, ...rest] = back.rollouts;
  if (eu === undefined) throw new Error('two clusters');
  const release = { ...back, rollouts: [eu, ...unread(rest)] };
  const lost = (...names: readonly string[]) => new Set(names.map(clusterName));
  const ended = obey(release, 'abort', lost('us'));
  expect(ended).toEqual({ ok: true, value: { type: 'rolledBack' } });
  expect(obey(release, 'abort', lost()).ok).toBe(false);
  expect(obey({ ...back, rollouts: unread(back.rollouts) }, 'abort', lost('us')).ok).toBe(false);
  expect(obey(aReleaseIn('progressing'), 'abort', lost('eu', 'us'))).toMatchObject({
    value: { type: 'rollbackStarted' },
  });
});

it('takes back also what no cluster was seen to have, for it may be there', () => {
  const release = aRunningRelease();
  const [eu, ...rest] = release.rollouts;
  if (eu === undefined) throw new Error('two clusters');
  expect(obey({ ...release, rollouts: [eu, ...unread(rest)] }, 'abort')).toMatchObject({
    value: { traffic: { clusters: [{ cluster: 'us', weight: NOTHING }] } },
  });
});

it('ends a hold with a pause that remembers what was held', () => {
  const paused = evolve(
    aReleaseIn('held', 'baking'),
    aReleaseEvent({ type: 'paused' }, { at: instant(9) }),
  );
  expect(paused).toMatchObject({ phase: 'paused', paused: { from: 'baking', since: 9 } });
  expect(paused).not.toHaveProperty('held');
});
