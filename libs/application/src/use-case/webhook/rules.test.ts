import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Grant } from '@spillway/domain-access';
import { aTrigger } from '@spillway/domain-rule/testing';
import {
  deliveryId,
  namespaceName,
  ruleName,
  secretName,
  strategyName,
  tokenName,
  webhookName,
} from '@spillway/kernel';
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

const shop: Grant = { role: 'releaser', namespaces: [namespaceName('shop')] };
const bank: Grant = { role: 'releaser', namespaces: [namespaceName('bank')] };
const limited = (...grants: Grant[]) => aCaller('ben', { grants });

const putRule = (rule = someRule(), caller = aCaller()) => workshop.useCases.putRule(rule, caller);

describe('a webhook', () => {
  it('needs secrets that are there, and keeps them there', async () => {
    const secrets = [secretName('current'), secretName('none')];
    const webhook = { name: github, provider: 'github' as const, secrets };
    expect(await workshop.useCases.putWebhook(webhook, aCaller())).toMatchObject({
      error: { code: 'UNKNOWN_SECRET', field: 'secrets[1].secret' },
    });
    const removal = await workshop.useCases.removeSecret(secretName('next'), aCaller());
    expect(removal).toMatchObject({
      error: { code: 'SECRET_IN_USE', message: expect.stringContaining('webhook "github"') },
    });
  });

  it('is not removed while a rule listens to it', async () => {
    await putRule();
    const remove = () => workshop.useCases.removeWebhook(github, aCaller());
    expect(await remove()).toMatchObject({ error: { code: 'WEBHOOK_IN_USE' } });
    await workshop.useCases.removeRule(ruleName('deploy-catalog'), aCaller());
    expect(await remove()).toMatchObject({ ok: true });
    expect(await remove()).toMatchObject({ error: { code: 'UNKNOWN_WEBHOOK' } });
    expect(await workshop.useCases.getWebhook(github, aCaller())).toMatchObject({ ok: false });
  });
});

describe('a rule', () => {
  it('is kept with who put it, and replaced by who puts it next', async () => {
    expect(await putRule()).toMatchObject({ value: { owner: { actor: 'anna' } } });
    expect(await putRule(someRule(), limited(shop))).toMatchObject({
      value: { owner: { actor: 'ben', grants: [shop] } },
    });
    expect(await workshop.useCases.listRules({ limit: 5 }, aCaller())).toMatchObject({
      value: { items: [{ name: 'deploy-catalog' }] },
    });
  });

  it.each([
    ['UNKNOWN_WEBHOOK', { match: { webhook: webhookName('none') } }],
    ['UNKNOWN_STRATEGY', { release: { strategy: strategyName('none') } }],
    ['INVALID_RULE', { release: { version: '{{ nothing }}' } }],
  ])('is refused with %s when nothing could ever come of it', async (code, rule) => {
    expect(await putRule(someRule(rule))).toMatchObject({ error: { code } });
  });

  it('is put only by who may release its service', async () => {
    expect(await putRule(someRule(), limited(shop))).toMatchObject({ ok: true });
    expect(await putRule(someRule(), limited(bank))).toMatchObject({ ok: false });
    expect(await putRule(someRule(), limited({ role: 'viewer' }))).toMatchObject({
      error: { code: 'FORBIDDEN' },
    });
  });

  it('of whatever service is delivered is put only by who may release all', async () => {
    const any = someRule({ release: { service: 'shop/{{ repository.name }}' } });
    expect(await putRule(any, limited(shop))).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await putRule(any, limited({ role: 'releaser' }))).toMatchObject({ ok: true });
  });
});

describe('the rule of another', () => {
  const mine = someRule({ release: { service: 'bank/ledger' } });

  it('is not replaced by who may not release what it releases', async () => {
    await putRule();
    expect(await putRule(mine, limited(bank))).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await putRule(mine, limited(bank, shop))).toMatchObject({ ok: true });
  });

  it('is removed by who may release all', async () => {
    const remove = (caller: ReturnType<typeof limited>) =>
      workshop.useCases.removeRule(someRule().name, caller);
    await putRule();
    expect(await remove(limited(shop))).toMatchObject({ error: { code: 'FORBIDDEN' } });
    expect(await remove(limited({ role: 'releaser' }))).toMatchObject({ ok: true });
  });
});

describe('the owner of a rule', () => {
  const ci = tokenName('ci');

  async function deliver() {
    const delivery = scriptedDelivery(aDeployment(), 'current');
    const sent = { webhook: github, delivery };
    const received = await workshop.useCases.receiveDelivery(sent, senderOf(github));
    if (!received.ok) throw new Error(received.error.message);
    await workshop.work();
    const found = await workshop.useCases.getReceivedDelivery(received.value.id, aCaller());
    return found.ok ? found.value.outcome : undefined;
  }

  const putByToken = async () => {
    await workshop.useCases.createToken({ name: ci, grants: [shop] }, aCaller());
    expect(await putRule(someRule(), aCaller('ci', { grants: [shop] }))).toMatchObject({
      ok: true,
    });
  };

  it('is asked again when a delivery comes: a token that is revoked releases nothing', async () => {
    await putByToken();
    await workshop.useCases.revokeToken(ci, aCaller());
    expect(await deliver()).toEqual({
      state: 'refused',
      rule: 'deploy-catalog',
      because: 'ci, who put the rule, may not release shop/catalog; whoever may puts it again',
      passedBy: [],
    });
  });

  it('releases while the token may', async () => {
    await putByToken();
    expect(await deliver()).toMatchObject({ state: 'released' });
  });
});

describe('testing rules', () => {
  const test = (rule?: ReturnType<typeof someRule>, read = aDeployment()) =>
    workshop.useCases.testRule(
      {
        about: { kind: 'payload', webhook: github, sent: scriptedDelivery(read, 'not asked for') },
        ...(rule === undefined ? {} : { rule }),
      },
      aCaller(),
    );

  it('says what would come of a payload, and starts and keeps nothing', async () => {
    await putRule();
    expect(await test()).toEqual({
      ok: true,
      value: {
        webhook: github,
        trigger: aTrigger(),
        rule: 'deploy-catalog',
        release: {
          service: 'shop/catalog',
          candidate: 'v2',
          strategy: 'canary-10',
        },
        passedBy: [],
      },
    });
    const kept = await workshop.uow.run(async (tx) => ({
      releases: (await tx.releases.list({}, { limit: 1 })).items,
      received: (await tx.received.list({}, { limit: 1 })).items,
    }));
    expect(kept).toEqual({ releases: [], received: [] });
  });

  it('tries a rule that is not put, in the place of the one of its name', async () => {
    await putRule(someRule({ match: { branches: ['never'] } }));
    expect(await test()).toMatchObject({
      value: { because: 'no rule matches', passedBy: [{ rule: 'deploy-catalog' }] },
    });
    expect(await test(someRule())).toMatchObject({ value: { rule: 'deploy-catalog' } });
    const wrong = someRule({ release: { version: '{{ x }}' } });
    expect(await test(wrong)).toMatchObject({ error: { code: 'INVALID_RULE' } });
  });

  it('says why no release would come: of the service, of the owner, of the sender', async () => {
    const nowhere = someRule({ release: { service: 'shop/nothing' } });
    expect(await test(nowhere)).toMatchObject({
      value: { because: 'There is no service "shop/nothing".' },
    });
    await putRule(someRule(), limited(shop));
    expect(await test(undefined, { event: 'ping', because: 'a ping' })).toEqual({
      ok: true,
      value: { webhook: github, because: 'a ping' },
    });
  });

  it('says that a busy service refuses, or that a release would wait', async () => {
    await workshop.started();
    expect(await test(someRule())).toMatchObject({
      value: { because: expect.stringContaining('is already releasing v2') },
    });
    const queued = await test(someRule({ release: { onBusy: 'queue' } }));
    expect(queued).not.toMatchObject({ value: { because: expect.anything() } });
  });

  it('tries a delivery that came', async () => {
    await putRule();
    const delivery = scriptedDelivery(aDeployment(), 'current');
    const sent = { webhook: github, delivery };
    const received = await workshop.useCases.receiveDelivery(sent, senderOf(github));
    if (!received.ok) throw new Error(received.error.message);
    const about = { kind: 'delivery', delivery: received.value.id } as const;
    expect(await workshop.useCases.testRule({ about }, aCaller())).toMatchObject({
      value: { rule: 'deploy-catalog', release: { candidate: 'v2' } },
    });
    const none = { kind: 'delivery', delivery: deliveryId('none') } as const;
    expect(await workshop.useCases.testRule({ about: none }, aCaller())).toMatchObject({
      error: { code: 'UNKNOWN_DELIVERY' },
    });
  });
});
