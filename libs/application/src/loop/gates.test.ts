import { describe, expect, it } from '@jest/globals';
import type { FreezeWindow } from '@spillway/domain-freeze';
import type { ApprovalPolicy, Release, StepTemplate } from '@spillway/domain-release';
import { basisPoints, instant, type ReleaseId } from '@spillway/kernel';
import { aCaller } from '../testing/fake/a-caller.js';
import { aWorkshop } from '../testing/fake/workshop.js';
import { aService, eu } from '../testing/index.js';

type Workshop = Awaited<ReturnType<typeof aWorkshop>>;
const service = aService().service;
const half: StepTemplate = { kind: 'setWeight', weight: basisPoints(5_000) };
const gate = (policy: Partial<ApprovalPolicy> = {}): StepTemplate => ({
  kind: 'gate',
  name: 'prod',
  approvals: { count: 1, ...policy },
});
const pause: StepTemplate = { kind: 'pause' };
const manual: StepTemplate = { kind: 'gate', name: 'load', manual: 'closed' };
const hour = 3_600_000;

const frozenUntil = (workshop: Workshop, ms: number): FreezeWindow => ({
  name: 'now',
  times: {
    kind: 'once',
    from: instant(workshop.clock.now() - 1),
    to: instant(workshop.clock.now() + ms),
  },
  scope: {},
  because: 'a busy day',
});
const begun = async (steps: readonly StepTemplate[]) => {
  const workshop = await aWorkshop({ steps });
  const { id } = await workshop.started();
  await workshop.pass(1_000);
  return { workshop, id };
};
const judge = (workshop: Workshop, release: ReleaseId, actor: string, comment = '') => ({
  approve: () => workshop.useCases.approveRelease({ release, comment }, aCaller(actor)),
  reject: () => workshop.useCases.rejectRelease({ release, comment }, aCaller(actor)),
});
const weights = ({ rollouts }: Release): readonly number[] =>
  rollouts.map(({ desired }) => desired.weight);
const typesOf = async (workshop: Workshop, id: ReleaseId): Promise<readonly string[]> =>
  (await workshop.uow.run((tx) => tx.releases.events(id, 0, 1_000))).map(({ event }) => event.type);

describe('a release at a gate', () => {
  it('goes on when it is approved, and keeps who approved what', async () => {
    const { workshop, id } = await begun([gate(), half, pause]);
    expect(await workshop.release(id)).toMatchObject({ phase: 'awaitingApproval' });
    const answer = await judge(workshop, id, 'ben', 'looks good').approve();
    expect(answer).toMatchObject({
      ok: true,
      value: {
        approvals: [{ by: 'ben', roles: ['admin'] }],
        because: 'approved by ben: looks good',
      },
    });
    await workshop.work();
    expect(weights(await workshop.release(id))).toEqual([5_000, 5_000]);
  });

  it('does not count the same person twice, and leaves no event for it', async () => {
    const { workshop, id } = await begun([gate({ count: 2 }), half]);
    await judge(workshop, id, 'ben').approve();
    const { revision } = await workshop.release(id);
    expect(await judge(workshop, id, 'ben').approve()).toMatchObject({ value: { revision } });
  });

  it('wants somebody who had no hand in it, in the strategy either', async () => {
    const { workshop, id } = await begun([gate({ selfApproval: false }), half]);
    const { requestedBy, strategy } = await workshop.release(id);
    const written = await workshop.uow.run((tx) => tx.strategies.get(strategy.name));
    if (written === undefined) throw new Error('no strategy');
    const { version: _version, createdAt: _at, ...draft } = written;
    await workshop.useCases.putStrategy(draft, aCaller('eve'));
    for (const author of [requestedBy, 'eve']) {
      expect(await judge(workshop, id, author).approve()).toMatchObject({
        error: { code: 'SELF_APPROVAL_FORBIDDEN' },
      });
    }
    expect(await judge(workshop, id, 'ben').approve()).toMatchObject({ ok: true });
  });

  it('goes back at once when it is rejected, with the reason', async () => {
    const { workshop, id } = await begun([half, gate(), { kind: 'switch' }]);
    await judge(workshop, id, 'ben', 'not today').reject();
    const release = await workshop.release(id);
    expect(release).toMatchObject({ phase: 'rollingBack', because: 'rejected by ben: not today' });
    expect(workshop.queue().filter((job) => job.startsWith('apply'))).toHaveLength(2);
    await workshop.work();
    expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  });

  it('opened by hand goes on with that, and stays open for the next release', async () => {
    const { workshop, id } = await begun([manual, half, pause]);
    await workshop.useCases.setGate(
      { service, gate: 'load', state: 'open', comment: '' },
      aCaller('ben'),
    );
    await workshop.work();
    expect(weights(await workshop.release(id))).toEqual([5_000, 5_000]);
    expect(await workshop.useCases.listGates(service, aCaller())).toMatchObject({
      value: [{ gate: 'load', state: 'open', actor: 'ben' }],
    });
  });

  it('is shown to who may approve it, until they did', async () => {
    const { workshop, id } = await begun([gate({ people: ['ben'] }), half]);
    const waiting = async (actor: string) => workshop.useCases.listApprovalsWaiting(aCaller(actor));
    expect(await waiting('ben')).toMatchObject({
      value: [{ release: { id }, gate: { gate: 'prod' }, wanted: 1, approvals: [] }],
    });
    expect(await waiting('eve')).toEqual({ ok: true, value: [] });
    await judge(workshop, id, 'ben').approve();
    expect(await waiting('ben')).toEqual({ ok: true, value: [] });
  });
});

describe('a freeze window', () => {
  it('holds a release until it ends', async () => {
    const workshop = await aWorkshop({ steps: [half] });
    await workshop.useCases.putFreezeWindow(frozenUntil(workshop, 60_000), aCaller());
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    expect(await workshop.release(id)).toMatchObject({
      phase: 'held',
      held: { reason: { kind: 'frozen', windows: ['now'] } },
    });
    await workshop.pass(60_000);
    expect(weights(await workshop.release(id))).not.toEqual([0, 0]);
  });

  it('is overridden for one release with a reason', async () => {
    const workshop = await aWorkshop({ steps: [half, pause] });
    await workshop.useCases.putFreezeWindow(frozenUntil(workshop, hour), aCaller());
    const { id } = await workshop.started();
    await workshop.pass(1_000);
    const override = () =>
      workshop.useCases.overrideFreeze({ release: id, reason: 'it is broken' }, aCaller('ben'));
    expect(await override()).toMatchObject({
      value: { because: 'freeze "now" overridden by ben: it is broken' },
    });
    expect(await override()).toMatchObject({ error: { code: 'NOT_FROZEN' } });
    await workshop.work();
    expect(weights(await workshop.release(id))).toEqual([5_000, 5_000]);
  });

  it('in a time zone that this worker does not know freezes, and stops no rollback', async () => {
    const { workshop, id } = await begun([half, { kind: 'pause' }]);
    const times = { kind: 'weekly', days: ['mon'], from: 0, to: 0, timeZone: 'Mars/Base' } as const;
    const window = { name: 'mars', times, scope: {}, because: '' };
    await workshop.uow.run((tx) => tx.freezeWindows.put(window));
    workshop.cluster(eu).endpoints.set((await workshop.release(id)).candidate, 0);
    await workshop.pass(13_000);
    expect(['rollingBack', 'rolledBack']).toContain((await workshop.release(id)).phase);
  });
});

it('goes back while it is frozen and every gate is closed', async () => {
  const { workshop, id } = await begun([half, manual, gate(), { kind: 'switch' }]);
  await workshop.useCases.putFreezeWindow(frozenUntil(workshop, hour), aCaller());
  await workshop.useCases.commandRelease({ release: id, verb: 'abort', comment: '' }, aCaller());
  await workshop.work();
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
  expect(await typesOf(workshop, id)).not.toContain('gatePassed');
});
