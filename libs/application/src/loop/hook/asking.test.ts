import { describe, expect, it } from '@jest/globals';
import type { Hook } from '@spillway/domain-release';
import { aHook } from '@spillway/domain-release/testing';
import { duration, secretName, type ReleaseId } from '@spillway/kernel';
import type { OutgoingRequest } from '../../port/outgoing.js';
import { aWorkshop, type Workshop } from '../../testing/fake/workshop.js';

const gate = 'https://gate.test/';

const started = async (...hooks: readonly Partial<Hook>[]) => {
  const workshop = await aWorkshop({ hooks: hooks.map(aHook) });
  workshop.outgoing.at(gate, { status: 403, body: 'Forbidden' });
  const { id } = await workshop.started();
  return { workshop, id };
};

const weights = async (workshop: Workshop, id: ReleaseId): Promise<readonly number[]> =>
  (await workshop.release(id)).rollouts.map(({ desired }) => desired.weight);

const bodyOf = ({ body = '' }: OutgoingRequest): unknown => JSON.parse(body);

const callsOf = (workshop: Workshop, id: ReleaseId) =>
  workshop.uow.run((tx) => tx.hookCalls.list(id, {}, { limit: 50 }));

describe('a gate', () => {
  it('keeps the candidate from getting anything while it is closed', async () => {
    const { workshop, id } = await started({});
    await workshop.pass(60_000);
    expect(await weights(workshop, id)).toEqual([0, 0]);
    expect(await workshop.release(id)).toMatchObject({
      phase: 'held',
      held: { reason: { kind: 'hookClosed', hook: 'gate' } },
      because: 'hook "gate" (confirm-traffic-increase): it answered 403: Forbidden',
    });
  });

  it('is posted what Flagger posts', async () => {
    const { workshop } = await started({ metadata: { team: 'shop' } });
    await workshop.work();
    const [call] = workshop.outgoing.sent;
    expect(call).toMatchObject({
      url: gate,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      timeoutMs: 10_000,
    });
    expect(call?.signing).toBeUndefined();
    expect(call && bodyOf(call)).toMatchObject({
      name: 'catalog',
      namespace: 'shop',
      phase: 'Progressing',
      checksum: '00000000',
      metadata: { team: 'shop' },
    });
  });

  it('is asked again after its interval, and lets the candidate in when it opens', async () => {
    const { workshop, id } = await started({});
    await workshop.pass(25_000);
    expect(workshop.outgoing.sent).toHaveLength(3);
    workshop.outgoing.at(gate, { status: 200, body: 'Approved' });
    await workshop.pass(10_000);
    expect(await weights(workshop, id)).toEqual([1_000, 1_000]);
    expect(await workshop.release(id)).toMatchObject({ phase: 'progressing' });
  });

  it('is asked before every increase, once while it agrees', async () => {
    const { workshop, id } = await started({});
    workshop.outgoing.at(gate, { status: 202 });
    await workshop.pass(310_000);
    expect(await weights(workshop, id)).toEqual([5_000, 5_000]);
    expect(workshop.outgoing.sent).toHaveLength(2);
  });

  it('leaves one record of the same answer again and again, with how often it was given', async () => {
    const { workshop, id } = await started({});
    await workshop.pass(25_000);
    workshop.outgoing.at(gate, { status: 200 });
    await workshop.pass(10_000);
    const { items } = await callsOf(workshop, id);
    expect(items).toMatchObject([
      { ordinal: 1, state: 'open', status: 200, times: 1 },
      { ordinal: 0, state: 'closed', status: 403, times: 3, detail: 'it answered 403: Forbidden' },
    ]);
  });

  it.each([
    [204, 'it answered 204; only 200, 201 and 202 agree'],
    [302, 'it answered 302, a redirect, and none is followed'],
    [500, 'it answered 500: sorry'],
  ])('is closed when it answers %d, and says so', async (status, detail) => {
    const { workshop, id } = await started({});
    workshop.outgoing.at(gate, { status, body: status === 500 ? ' sorry\n' : '' });
    await workshop.work();
    expect((await callsOf(workshop, id)).items).toMatchObject([{ state: 'closed', detail }]);
  });

  it('that nobody can ask holds the release with the reason, and does not count as closed', async () => {
    const { workshop, id } = await started({ point: 'pre-rollout' });
    workshop.outgoing.at(gate, 'hangs');
    await workshop.pass(60_000);
    expect(await workshop.release(id)).toMatchObject({
      phase: 'held',
      held: { reason: { kind: 'hookUnanswered' } },
      because: expect.stringContaining('it did not answer: no answer within 10000 ms'),
    });
    workshop.outgoing.at(gate, 'forbidden');
    await workshop.pass(20_000);
    expect((await callsOf(workshop, id)).items[0]).toMatchObject({
      state: 'unanswered',
      detail: 'it was not called: it leads to a private address',
    });
  });

  it('is signed for with its secret, and not called without it', async () => {
    const { workshop, id } = await started({ secret: secretName('gate-key') });
    await workshop.work();
    expect(workshop.outgoing.sent).toEqual([]);
    expect((await callsOf(workshop, id)).items).toMatchObject([
      { detail: 'it was not called: there is no secret "gate-key" to sign with' },
    ]);
    await workshop.uow.run((tx) => tx.secrets.put(secretName('gate-key'), 'whsec_bmV3 whsec_b2xk'));
    await workshop.pass(10_000);
    const [call] = workshop.outgoing.sent;
    expect(call?.signing).toMatchObject({ secrets: ['whsec_bmV3', 'whsec_b2xk'] });
    const { items } = await callsOf(workshop, id);
    expect(items[0]?.id).toBe(call?.signing?.id);
  });
});

describe('a call that goes wrong', () => {
  it('is repeated with the same id as often as the hook says, each time later', async () => {
    const { workshop, id } = await started({ retries: 2, secret: secretName('key') });
    await workshop.uow.run((tx) => tx.secrets.put(secretName('key'), 'whsec_a2V5'));
    workshop.outgoing.at(gate, { status: 503 });
    await workshop.pass(3_000);
    expect(workshop.outgoing.sent).toHaveLength(3);
    expect(new Set(workshop.outgoing.sent.map(({ signing }) => signing?.id)).size).toBe(1);
    expect((await callsOf(workshop, id)).items).toMatchObject([
      { state: 'closed', status: 503, attempts: 3, times: 1 },
    ]);
  });

  it.each([403, 501])('is not repeated when the answer is %d', async (status) => {
    const { workshop } = await started({ retries: 2 });
    workshop.outgoing.at(gate, { status });
    await workshop.pass(5_000);
    expect(workshop.outgoing.sent).toHaveLength(1);
  });

  it('rolls back when rollout failed more often than it may', async () => {
    const hook = { point: 'rollout', failureLimit: 2, interval: duration(20_000) } as const;
    const { workshop, id } = await started(hook);
    await workshop.pass(30_000);
    expect(await weights(workshop, id)).toEqual([1_000, 1_000]);
    await workshop.pass(15_000);
    expect(await weights(workshop, id)).toEqual([0, 0]);
    expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
    const asked = workshop.outgoing.sent.length;
    await workshop.pass(60_000);
    expect(workshop.outgoing.sent).toHaveLength(asked);
  });
});

it('rolls back when a hook at rollback agrees, within its interval', async () => {
  const { workshop, id } = await started({ point: 'rollback', interval: duration(5_000) });
  await workshop.pass(60_000);
  expect(await weights(workshop, id)).toEqual([1_000, 1_000]);
  workshop.outgoing.at(gate, { status: 200 });
  await workshop.pass(5_000);
  expect(await weights(workshop, id)).toEqual([0, 0]);
  expect(await workshop.release(id)).toMatchObject({ phase: 'rolledBack' });
});
