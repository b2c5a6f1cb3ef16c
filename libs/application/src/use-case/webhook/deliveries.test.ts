import { beforeEach, describe, expect, it } from '@jest/globals';
import { aTrigger } from '@spillway/domain-rule/testing';
import { deliveryId, releaseId, webhookName, type DeliveryId } from '@spillway/kernel';
import { handleJob } from '../../loop/handle-job.js';
import type { ReadDelivery } from '../../port/webhook-protocol.js';
import {
  aCaller,
  aDeployment,
  aWorkshop,
  furnishWebhook,
  github,
  scriptedDelivery,
  senderOf,
  someRule,
  type Workshop,
} from '../../testing/index.js';

let workshop: Workshop;

beforeEach(async () => {
  workshop = await aWorkshop();
  await furnishWebhook(workshop);
});

const receive = (read: Partial<ReadDelivery> = {}, secret = 'current', webhook = github) =>
  workshop.useCases.receiveDelivery(
    { webhook, delivery: scriptedDelivery({ ...aDeployment(), ...read }, secret) },
    senderOf(webhook),
  );

async function received(read: Partial<ReadDelivery> = {}): Promise<DeliveryId> {
  const outcome = await receive(read);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.id;
}

const putRule = (...rule: Parameters<typeof someRule>) =>
  workshop.useCases.putRule(someRule(...rule), aCaller());

async function outcomeOf(id: DeliveryId) {
  const found = await workshop.useCases.getReceivedDelivery(id, aCaller());
  if (!found.ok) throw new Error(found.error.message);
  return found.value.outcome;
}

/** Only deliveries are worked on: releases stay where they begin. */
const process = (): Promise<unknown> => {
  const handle = handleJob(workshop.deps);
  return workshop.uow.jobs.run((job) => (job.kind === 'trigger' ? handle(job) : Promise.resolve()));
};

const releases = async () =>
  (await workshop.uow.run((tx) => tx.releases.list({}, { limit: 10 }))).items;

describe('a delivery that is received', () => {
  it('is kept, and waits for a worker', async () => {
    const outcome = await receive();
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        webhook: github,
        key: 'd-1',
        event: 'deployment_status',
        trigger: aTrigger(),
        outcome: { state: 'pending' },
      },
    });
    expect(workshop.uow.jobs.due(workshop.clock.now()).map(({ job }) => job.kind)).toEqual([
      'trigger',
    ]);
  });

  it('is refused in the same words when it is signed by another, or there is no such webhook', async () => {
    const wrong = await receive({}, 'another');
    const nobody = await receive({}, 'current', webhookName('nobody'));
    expect(wrong).toMatchObject({ ok: false, error: { code: 'INVALID_SIGNATURE' } });
    if (wrong.ok || nobody.ok) throw new Error('both are refused');
    expect(nobody.error.message.replace('nobody', 'github')).toBe(wrong.error.message);
    expect(JSON.stringify(wrong)).not.toContain('current');
    expect(await workshop.uow.run((tx) => tx.received.list({}, { limit: 1 }))).toMatchObject({
      items: [],
    });
  });

  it('may be signed with the secret before it as well', async () => {
    expect(await receive({}, 'next')).toMatchObject({ ok: true });
  });

  it('is the first one when it comes again, by its id or by what was signed', async () => {
    const first = await received();
    expect(await received({ because: 'changed' })).toBe(first);
    const text = { headers: { secret: 'current' }, body: Buffer.from('{"event":"x"}') };
    const send = () =>
      workshop.useCases.receiveDelivery({ webhook: github, delivery: text }, senderOf(github));
    expect(await send()).toEqual(await send());
  });

  it('is one when it comes many times at once, and leaves one record', async () => {
    await putRule();
    const all = await Promise.all(Array.from({ length: 10 }, () => received()));
    expect(new Set(all).size).toBe(1);
    await process();
    expect(await releases()).toHaveLength(1);
    const records = (await workshop.uow.run((tx) => tx.audit.list({}, { limit: 50 }))).items;
    const made = records.filter(({ operation }) => operation === 'receiveDelivery');
    expect(made.map(({ actor }) => actor)).toEqual(['webhook github']);
  });

  it('is kept and not worked on when it tells of nothing', async () => {
    const outcome = await receive({ trigger: undefined, because: 'a ping' } as never);
    expect(outcome).toMatchObject({ value: { outcome: { state: 'ignored', because: 'a ping' } } });
    expect(workshop.uow.jobs.due(workshop.clock.now())).toEqual([]);
  });

  it('is refused, and not kept, when it is nonsense', async () => {
    const delivery = { headers: { secret: 'current' }, body: Buffer.from('nonsense') };
    const sent = { webhook: github, delivery };
    expect(await workshop.useCases.receiveDelivery(sent, senderOf(github))).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });
});

describe('a worker', () => {
  it('makes one release of a delivery, by the webhook, on behalf of who put the rule', async () => {
    await putRule();
    const id = await received();
    await process();
    expect(await outcomeOf(id)).toEqual({
      state: 'released',
      rule: 'deploy-catalog',
      release: id,
      passedBy: [],
    });
    expect(await releases()).toMatchObject([
      {
        id,
        service: 'shop/catalog',
        candidate: 'v2',
        requestedBy: 'webhook github',
        description: 'deployment_status of acme/catalog in production, by rule deploy-catalog',
      },
    ]);
  });

  it('says of each rule why it was passed by', async () => {
    await putRule({ name: 'b', match: { branches: ['release/*'] } });
    await putRule({ name: 'a', match: { repositories: ['acme/cart'] } });
    const id = await received();
    await process();
    expect(await outcomeOf(id)).toEqual({
      state: 'unmatched',
      because: 'no rule matches',
      passedBy: [
        { rule: 'a', because: 'repository acme/cart wanted, was acme/catalog' },
        { rule: 'b', because: 'branch release/* wanted, was main' },
      ],
    });
  });

  it('says when no rule listens, and when the one that does can make no version of it', async () => {
    const [first, second] = [await received(), await received({ key: 'd-2' })];
    await workshop.uow.jobs.step(handleJob(workshop.deps));
    expect(await outcomeOf(first)).toMatchObject({ because: 'no rule listens to the webhook' });
    await putRule({ release: { version: '{{ image }}' } });
    await process();
    expect(await outcomeOf(second)).toMatchObject({
      state: 'refused',
      rule: 'deploy-catalog',
      because: expect.stringContaining('cannot be a version'),
    });
  });

  it('says why a release was refused', async () => {
    await putRule();
    await workshop.started();
    const id = await received();
    await process();
    expect(await outcomeOf(id)).toMatchObject({
      state: 'refused',
      because: expect.stringContaining('is already releasing v2'),
    });
  });

  it('queues a release behind the one that runs, where the rule says so', async () => {
    await putRule({ release: { onBusy: 'queue', version: 'v3' } });
    await workshop.started();
    const id = await received();
    await process();
    expect(await outcomeOf(id)).toMatchObject({ state: 'released', release: id });
    expect(await workshop.release(releaseId(id))).toMatchObject({ phase: 'queued' });
  });

  it('that was killed between the release and the note notes it the next time, and starts no other', async () => {
    await putRule();
    const id = await received();
    let transactions = 0;
    const dying: typeof workshop.deps.unitOfWork = {
      read: (work) => workshop.uow.read(work),
      run: (work) => {
        transactions += 1;
        if (transactions === 3) return Promise.reject(new Error('killed'));
        return workshop.uow.run(work);
      },
    };
    const killed = handleJob({ ...workshop.deps, unitOfWork: dying });
    await expect(workshop.uow.jobs.step(killed)).rejects.toThrow('killed');
    expect(await releases()).toHaveLength(1);
    expect(await outcomeOf(id)).toEqual({ state: 'pending' });
    await putRule({ release: { version: 'other' } });
    await workshop.pass(2_000);
    expect(await outcomeOf(id)).toMatchObject({ state: 'released', release: id });
    expect(await releases()).toHaveLength(1);
  });

  it('does nothing twice when its job runs twice', async () => {
    await putRule();
    const id = await received();
    await process();
    await handleJob(workshop.deps)({ kind: 'trigger', delivery: id });
    await handleJob(workshop.deps)({ kind: 'trigger', delivery: deliveryId('gone') });
    expect(await releases()).toHaveLength(1);
  });
});

describe('a redelivery', () => {
  const redeliver = (id: DeliveryId) => workshop.useCases.redeliverReceived(id, aCaller());

  it('asks the rules as they are now', async () => {
    const id = await received();
    await process();
    await putRule();
    expect(await redeliver(id)).toMatchObject({ value: { outcome: { state: 'pending' } } });
    await process();
    expect(await outcomeOf(id)).toMatchObject({ state: 'released' });
  });

  it('is refused for a delivery of which a release came, and of which none can', async () => {
    await putRule();
    const id = await received();
    await process();
    const ping = await received({ key: 'ping', trigger: undefined, because: 'a ping' } as never);
    for (const each of [id, ping]) {
      expect(await redeliver(each)).toMatchObject({ error: { code: 'DELIVERY_NOT_USABLE' } });
    }
    expect(await redeliver(deliveryId('none'))).toMatchObject({
      error: { code: 'UNKNOWN_DELIVERY' },
    });
    expect(await workshop.release(releaseId(id))).toMatchObject({ candidate: 'v2' });
  });
});
