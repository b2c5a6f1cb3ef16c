import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OrderVerb, Release } from '@spillway/domain-release';
import { releaseId, type ReleaseId } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { Caller } from '../access/caller.js';
import type { CommandRelease } from './use-cases.js';

let workshop: Workshop;
let release: Release;
const command = (
  verb: OrderVerb,
  more: { readonly comment?: string; readonly step?: number; readonly release?: ReleaseId } = {},
  caller: Partial<Caller> = {},
) =>
  workshop.useCases.commandRelease(
    { release: release.id, verb, comment: '', ...more } as CommandRelease,
    aCaller('bob', caller),
  );
const lastEvent = async () => {
  const events = await workshop.uow.run((tx) => tx.releases.events(release.id, 0, 1_000));
  return events.at(-1)?.event;
};

/** A release that bakes at 10 % in both clusters. */
beforeEach(async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  await workshop.pass(1_000);
  workshop.takeAll();
});

it('is one event with the words and the name of who commanded', async () => {
  expect(await command('pause', { comment: 'looks odd' })).toMatchObject({
    ok: true,
    value: { phase: 'paused', because: 'paused by bob: looks odd' },
  });
  expect(await lastEvent()).toMatchObject({
    type: 'paused',
    actor: 'bob',
    because: 'paused by bob: looks odd',
    at: workshop.clock.now(),
  });
});

it.each<[OrderVerb, string, Release['phase']]>([
  ['pause', 'paused by bob', 'paused'],
  ['promote', 'promoted by bob', 'promoting'],
  ['promoteFull', 'fully promoted by bob', 'promoting'],
  ['restart', 'restarted by bob', 'progressing'],
  ['abort', 'aborted by bob', 'rollingBack'],
])('%s: %s', async (verb, because, phase) => {
  expect(await command(verb)).toMatchObject({ value: { because, phase } });
  expect(workshop.queue()).toContain('reconcile in 0 ms');
});

it('queues the writes of an abort itself: they wait for no decision', async () => {
  await command('abort');
  expect(workshop.queue()).toEqual(
    expect.arrayContaining(['apply eu in 0 ms', 'apply us in 0 ms']),
  );
  expect((await workshop.release(release.id)).rollouts).toMatchObject([
    { cluster: 'eu', desired: { weight: 0, generation: 3 } },
    { cluster: 'us', desired: { weight: 0, generation: 3 } },
  ]);
});

it('queues no write where the routing stays as it is', async () => {
  await command('pause');
  expect(workshop.queue().filter((line) => line.startsWith('apply'))).toEqual([]);
});

it('stores neither the command nor its writes when one of them cannot be stored', async () => {
  const before = await workshop.release(release.id);
  const queue = workshop.queue();
  const run = workshop.uow.run.bind(workshop.uow);
  workshop.uow.run = (work) =>
    run(async (tx) => {
      await work(tx);
      throw new Error('connection lost');
    });
  await expect(command('abort')).rejects.toThrow('connection lost');
  workshop.uow.run = run;
  expect(await workshop.release(release.id)).toEqual(before);
  expect(workshop.queue()).toEqual(queue);
});

describe('refuses', () => {
  it('a release that does not exist', async () => {
    const nobody = releaseId('nobody');
    expect(await command('abort', { release: nobody })).toMatchObject({
      ok: false,
      error: { code: 'UNKNOWN_RELEASE' },
    });
  });

  it.each<[string, OrderVerb, { readonly step?: number }, string]>([
    ['a step that there is not', 'jumpToStep', { step: 99 }, 'INVALID_INPUT'],
    ['passing over a bake without a reason', 'skipStep', {}, 'REASON_REQUIRED'],
    ['a step that it has not come to', 'skipStep', { step: 3 }, 'STEP_NOT_REACHED'],
  ])('%s, and leaves nothing behind', async (_, verb, more, code) => {
    const queue = workshop.queue();
    expect(await command(verb, more)).toMatchObject({ ok: false, error: { code } });
    expect(workshop.queue()).toEqual(queue);
    expect((await lastEvent())?.actor).toBe('spillway');
  });

  it('what is not possible now', async () => {
    await command('abort');
    expect(await command('resume')).toMatchObject({
      ok: false,
      error: { code: 'NOT_POSSIBLE_IN_PHASE' },
    });
  });
});

describe('a command that has had its effect', () => {
  it.each<[OrderVerb, number | undefined]>([
    ['pause', undefined],
    ['abort', undefined],
    ['jumpToStep', 3],
    ['promote', undefined],
  ])('is answered with the release, and nothing happens again: %s', async (verb, step) => {
    const more = { comment: 'seen enough', ...(step === undefined ? {} : { step }) };
    await command(verb, more);
    const event = await lastEvent();
    const queue = workshop.queue();
    expect(await command(verb, more)).toMatchObject({ ok: true });
    expect(await lastEvent()).toEqual(event);
    expect(workshop.queue()).toEqual(queue);
    const records = await workshop.uow.run((tx) => tx.audit.list({}, { limit: 100 }));
    const told = records.items.filter(({ operation }) => operation === 'commandRelease');
    expect(told).toHaveLength(1);
  });

  it('is the same request by its key, and no other one', async () => {
    await command('abort', {}, { idempotencyKey: 'k' });
    expect(await command('abort', {}, { idempotencyKey: 'k' })).toMatchObject({
      ok: true,
      value: { phase: 'rollingBack' },
    });
    expect(await command('abort', { comment: 'x' }, { idempotencyKey: 'k' })).toMatchObject({
      error: { code: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });
});

it('cancels a release that has not begun, without a write', async () => {
  workshop = await aWorkshop();
  release = await workshop.started();
  expect(await command('abort')).toMatchObject({
    value: { phase: 'cancelled', endedAt: workshop.clock.now() },
  });
  await workshop.work();
  expect([...workshop.clusters.values()].flatMap(({ asked }) => asked)).toEqual([]);
  expect(workshop.queue()).toEqual([]);
});
