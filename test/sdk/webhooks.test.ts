import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  aDeployment,
  furnishWebhook,
  github,
  scriptedDelivery,
  senderOf,
} from '@spillway/application/testing';
import { startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { Spillway, type RuleDocument, type WebhookDocument } from '@spillway/sdk';

let app: RestApp;
let spillway: Spillway;
beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  await furnishWebhook(app.workshop);
  spillway = new Spillway({ baseUrl: app.url, token: 'token-of-ci' });
});
afterAll(() => app.close());

const webhook: WebhookDocument = { name: 'ci', provider: 'generic', secrets: [{ secret: 'next' }] };
const rule: RuleDocument = {
  name: 'catalog',
  match: { webhook: 'github', branches: ['main'] },
  release: { service: 'shop/catalog', version: '{{ image.tag }}', strategy: 'canary-10' },
};

it('puts, lists and removes webhooks', async () => {
  const put = await spillway.webhooks.put(webhook);
  expect(put).toMatchObject({ ...webhook, address: '/hooks/ci' });
  expect(await spillway.webhooks.get('ci')).toEqual(put);
  expect((await spillway.webhooks.list({ limit: 1 })).items).toEqual([put]);
  await spillway.webhooks.remove('ci');
  await expect(spillway.webhooks.get('ci')).rejects.toMatchObject({ code: 'UNKNOWN_WEBHOOK' });
});

it('puts, tries, lists and removes rules, and reads what came of a delivery', async () => {
  const put = await spillway.rules.put(rule);
  expect(await spillway.rules.get('catalog')).toEqual(put);
  const tried = await spillway.rules.test({ webhook: 'github', payload: aDeployment() });
  expect(tried).toMatchObject({ rule: 'catalog', wouldRelease: true });
  const sent = { webhook: github, delivery: scriptedDelivery(aDeployment(), 'current') };
  const received = await app.workshop.useCases.receiveDelivery(sent, senderOf(github));
  if (!received.ok) throw new Error(received.error.message);
  const { id } = received.value;
  await app.workshop.work();
  const delivery = await spillway.deliveries.get(id);
  expect(delivery).toMatchObject({ direction: 'in', state: 'released', release: id });
  const listed: unknown[] = [];
  for await (const one of spillway.deliveries.received({ webhook: 'github' })) listed.push(one);
  expect(listed).toEqual([delivery]);
  expect((await spillway.deliveries.received({ release: id })).items).toEqual([delivery]);
  expect((await spillway.deliveries.outgoing()).items).toEqual([]);
  await expect(spillway.deliveries.redeliver(id)).rejects.toMatchObject({
    status: 409,
    code: 'DELIVERY_NOT_USABLE',
  });
  expect((await spillway.rules.list()).items).toEqual([put]);
  await spillway.rules.remove('catalog');
  await expect(spillway.rules.get('catalog')).rejects.toMatchObject({ code: 'UNKNOWN_RULE' });
});
