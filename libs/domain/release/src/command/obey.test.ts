import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, NOTHING, clusterName, generation, instant } from '@spillway/kernel';
import { obey } from './obey.js';
import type { Order, OrderVerb } from './order.js';
import { possibilityOf, releaseVerbs, type ReleaseVerb } from './possibility.js';
import { evolve } from '../evolve.js';
import { phases, type Phase } from '../phase.js';
import type { Release } from '../release.js';
import { aRunningRelease, unread } from '../testing/an-observation.js';
import { aMoment, aReleaseEvent } from '../testing/index.js';
import { obeyed } from '../testing/obeyed.js';

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

/** With all that a verb may want to know. */
const order = (verb: OrderVerb, comment = 'seen enough'): Order =>
  verb === 'jumpToStep' ? { verb, step: 3, comment } : { verb, comment };

const stepping = ['pause', 'promote', 'promoteFull', 'skipStep', 'jumpToStep', 'restart'] as const;

const possible: Readonly<Record<string, readonly ReleaseVerb[]>> = {
  queued: ['abort'],
  pending: ['changeStrategy', 'abort'],
  preparing: ['changeStrategy', 'abort'],
  progressing: [...stepping, 'changeStrategy', 'abort'],
  promoting: ['promoteFull', 'abort'],
  baking: ['pause', 'promoteFull', 'abort'],
  succeeded: ['undo'],
  rolledBack: ['retry'],
  cancelled: ['retry'],
  superseded: ['retry'],
  'held from pending': ['changeStrategy', 'abort'],
  'held from preparing': ['changeStrategy', 'abort'],
  'held from progressing': [...stepping, 'changeStrategy', 'abort'],
  'held from promoting': ['promoteFull', 'abort'],
  'held from baking': ['pause', 'promoteFull', 'abort'],
  'paused from progressing': ['resume', ...stepping.slice(1), 'changeStrategy', 'abort'],
  'paused from baking': ['resume', 'promoteFull', 'abort'],
  'at a gate': [...stepping, 'changeStrategy', 'abort'],
  'at a gate of a promotion': ['pause', 'promoteFull', 'abort'],
};

/** What has had its effect: the answer is the release as it is, and nothing happens. */
const already: Readonly<Record<string, readonly ReleaseVerb[]>> = {
  pending: ['resume'],
  preparing: ['resume'],
  progressing: ['resume'],
  promoting: ['resume', 'promote'],
  baking: ['resume', 'promote'],
  rollingBack: ['abort'],
  succeeded: ['promote', 'promoteFull'],
  rolledBack: ['abort'],
  cancelled: ['abort'],
  superseded: ['abort'],
  'held from promoting': ['promote'],
  'held from baking': ['promote'],
  'paused from progressing': ['pause'],
  'paused from baking': ['pause', 'promote'],
  'at a gate': ['resume'],
  'at a gate of a promotion': ['resume', 'promote'],
};

const atGate = (from: Phase): Release => ({
  ...aReleaseIn('awaitingApproval'),
  awaiting: { gate: 'qa', wave: 0, since: aMoment, from },
});

const situations: readonly [string, Release][] = [
  ...phases
    .filter((phase) => !['held', 'paused', 'awaitingApproval'].includes(phase))
    .map((phase) => [phase, aReleaseIn(phase)] as [string, Release]),
  ...(['pending', 'preparing', 'progressing', 'promoting', 'baking'] as const).map(
    (from) => [`held from ${from}`, aReleaseIn('held', from)] as [string, Release],
  ),
  ...(['progressing', 'baking'] as const).map(
    (from) => [`paused from ${from}`, aReleaseIn('paused', from)] as [string, Release],
  ),
  ['at a gate', atGate('progressing')],
  ['at a gate of a promotion', atGate('promoting')],
];

const isOrder = (verb: ReleaseVerb): verb is OrderVerb =>
  !['changeStrategy', 'retry', 'undo'].includes(verb);

describe.each(situations)('%s', (situation, release) => {
  const allowed = possible[situation] ?? [];
  const done = already[situation] ?? [];

  it.each(releaseVerbs)('%s', (verb) => {
    const expected = done.includes(verb) ? 'already' : 'refused';
    expect(possibilityOf(release, verb)).toBe(allowed.includes(verb) ? 'possible' : expected);
  });

  it.each(releaseVerbs.filter(isOrder))('is told: %s', (verb) => {
    const fact = obey(release, order(verb));
    expect(fact.ok).toBe(allowed.includes(verb) || done.includes(verb));
    if (fact.ok) {
      expect(fact.value === 'already').toBe(done.includes(verb));
      // What is obeyed is also a legal move.
      if (fact.value !== 'already') evolve(release, aReleaseEvent(fact.value));
      return;
    }
    expect(fact.error).toMatchObject({
      code: 'NOT_POSSIBLE_IN_PHASE',
      message: `Release ${release.id} is ${release.phase} (${release.because}), so it cannot ${verb}.`,
      next:
        allowed.length === 0
          ? 'Nothing can be done to it any more; start a new release.'
          : `What can be done now: ${releaseVerbs.filter((one) => allowed.includes(one)).join(', ')}.`,
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
  const after = evolve(release, aReleaseEvent(obeyed(release, order('resume'))));
  expect(after).toMatchObject({ phase: 'baking' });
  expect(after.rollouts.map(({ drifted }) => drifted)).toEqual(['kubectl-edit', undefined]);
});

it.each<[OrderVerb, Phase, Phase]>([
  ['pause', 'progressing', 'paused'],
  ['resume', 'paused', 'progressing'],
  ['promote', 'progressing', 'promoting'],
  ['abort', 'progressing', 'rollingBack'],
  ['promoteFull', 'progressing', 'promoting'],
  ['abort', 'pending', 'cancelled'],
  ['abort', 'queued', 'cancelled'],
])('%s takes a release from %s to %s', (verb, from, to) => {
  const release = aReleaseIn(from);
  const fact = obeyed(release, order(verb));
  expect(evolve(release, aReleaseEvent(fact)).phase).toBe(to);
});

it('cancels a release that was held before it wrote anything, and has nothing to take back', () => {
  const held = aReleaseIn('held', 'pending');
  expect(obey(held, order('abort'))).toEqual({ ok: true, value: { type: 'cancelled' } });
  expect(evolve(held, aReleaseEvent({ type: 'cancelled' }))).toMatchObject({ phase: 'cancelled' });
  expect(obey(aReleaseIn('held', 'preparing'), order('abort'))).toMatchObject({
    value: { type: 'rollbackStarted' },
  });
});

it('takes traffic back on abort only where there may be some, in a generation of its own', () => {
  const release = aRunningRelease();
  const [eu, us] = release.rollouts;
  if (eu === undefined || us === undefined) throw new Error('two clusters');
  const rollouts = [{ ...eu, desired: { generation: generation(2), weight: EVERYTHING } }, us];
  expect(obey({ ...release, rollouts }, order('abort'))).toEqual({
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
  const ended = obey(release, order('abort'), lost('us'));
  expect(ended).toEqual({ ok: true, value: { type: 'rolledBack' } });
  expect(obey(release, order('abort'), lost())).toEqual({ ok: true, value: 'already' });
  expect(obey({ ...back, rollouts: unread(back.rollouts) }, order('abort'), lost('us'))).toEqual({
    ok: true,
    value: 'already',
  });
  expect(obey(aReleaseIn('progressing'), order('abort'), lost('eu', 'us'))).toMatchObject({
    value: { type: 'rollbackStarted' },
  });
});

it('takes back also what no cluster was seen to have, for it may be there', () => {
  const release = aRunningRelease();
  const [eu, ...rest] = release.rollouts;
  if (eu === undefined) throw new Error('two clusters');
  expect(obey({ ...release, rollouts: [eu, ...unread(rest)] }, order('abort'))).toMatchObject({
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
