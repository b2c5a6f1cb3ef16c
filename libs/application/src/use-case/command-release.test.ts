import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Release, ReleaseVerb } from '@spillway/domain-release';
import { releaseId } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop, type Workshop } from '../testing/fake/workshop.js';
import type { Caller } from '../access/caller.js';
import type { CommandRelease } from './use-cases.js';

let workshop: Workshop;
let release: Release;
const command = (
  verb: ReleaseVerb,
  more: Partial<CommandRelease> = {},
  caller: Partial<Caller> = {},
) =>
  workshop.useCases.commandRelease(
    { release: release.id, verb, comment: '', ...more },
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

it.each<[ReleaseVerb, string, Release['phase']]>([
  ['pause', 'paused by bob', 'paused'],
  ['promote', 'promoted by bob', 'promoting'],
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

  it('what is not possible now, and leaves nothing behind', async () => {
    const queue = workshop.queue();
    expect(await command('resume')).toMatchObject({
      ok: false,
      error: { code: 'NOT_POSSIBLE_IN_PHASE' },
    });
    expect(workshop.queue()).toEqual(queue);
    expect((await lastEvent())?.actor).toBe('spillway');
  });

  it('a second abort, unless it repeats the first one by its key', async () => {
    await command('abort', {}, { idempotencyKey: 'k' });
    expect(await command('abort')).toMatchObject({ error: { code: 'NOT_POSSIBLE_IN_PHASE' } });
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
