import { beforeEach, expect, it } from '@jest/globals';
import type { Release } from '@spillway/domain-release';
import { aStrategy } from '@spillway/domain-release/testing';
import { EVERYTHING, basisPoints, duration, strategyName } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { ChangeReleaseStrategy } from './use-cases.js';

let workshop: Workshop;
let release: Release;
const careful = strategyName('careful');
const change = (more: Partial<ChangeReleaseStrategy> = {}) =>
  workshop.useCases.changeReleaseStrategy(
    { release: release.id, strategy: careful, comment: 'slower', ...more },
    aCaller('bob'),
  );
const events = async () => {
  const stored = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  return stored.map(({ event }) => event);
};

/** v2 bakes at 10 % in both clusters. */
beforeEach(async () => {
  workshop = await aWorkshop();
  const { version: _, ...strategy } = aStrategy({
    name: careful,
    steps: [
      { kind: 'setWeight', weight: basisPoints(500) },
      { kind: 'bake', length: duration(60_000) },
      { kind: 'setWeight', weight: basisPoints(2_000) },
      { kind: 'bake', length: duration(60_000) },
    ],
  });
  await workshop.uow.run((tx) => tx.strategies.put(strategy));
  release = await workshop.started();
  await workshop.pass(1_000);
});

it('lets the release go on at its weight, with the steps of the new plan', async () => {
  expect(await change()).toMatchObject({
    value: {
      strategy: { name: 'careful', version: 1 },
      cursor: { index: 1, started: true },
      because: 'goes on with strategy careful (version 1), as bob said: slower',
    },
  });
  const weights = (await workshop.release(release.id)).rollouts.map(
    ({ desired }) => desired.weight,
  );
  expect(weights).toEqual([basisPoints(1_000), basisPoints(1_000)]);
  await workshop.pass(3_600_000);
  expect(await workshop.release(release.id)).toMatchObject({
    phase: 'succeeded',
    rollouts: [{ desired: { weight: EVERYTHING } }, { desired: { weight: EVERYTHING } }],
  });
});

it('tells both plans in the history', async () => {
  await change();
  expect((await events()).at(-1)).toMatchObject({
    type: 'strategyChanged',
    strategy: { from: { name: 'canary-10' }, to: { name: 'careful' } },
    plan: { from: release.plan },
  });
});

it('changes nothing where the release has that strategy', async () => {
  await change();
  const before = await events();
  expect(await change()).toMatchObject({ ok: true, value: { strategy: { name: 'careful' } } });
  expect(await events()).toEqual(before);
});

it.each<[string, Partial<ChangeReleaseStrategy>, string]>([
  ['a strategy that there is not', { strategy: strategyName('none') }, 'UNKNOWN_STRATEGY'],
  ['a version of it that there is not', { version: 9 }, 'UNKNOWN_STRATEGY'],
])('refuses %s', async (_, more, code) => {
  expect(await change(more)).toMatchObject({ error: { code } });
});

it('refuses a release that is promoted', async () => {
  const id = release.id;
  await workshop.useCases.commandRelease(
    { release: id, verb: 'promote', comment: '' },
    aCaller('bob'),
  );
  expect(await change()).toMatchObject({ error: { code: 'NOT_POSSIBLE_IN_PHASE' } });
});
