import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGraphqlModule } from '@spillway/interface-graphql';
import { callerOf, startRestApp, type RestApp } from '@spillway/interface-rest/testing';
import { createWebhookModule } from '@spillway/interface-webhook';
import { aDeployment, aCaller, furnishWebhook, someRule } from '@spillway/application/testing';

/** The door for deliveries beside REST and GraphQL, over use cases that know another way to sign. */
let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp({
    imports: (options) => [createGraphqlModule(options), createWebhookModule(options)],
  });
  await app.workshop.furnish();
  await furnishWebhook(app.workshop);
  await app.workshop.useCases.putRule(someRule(), aCaller());
});
afterAll(() => app.close());

const send = (body: string, headers: Readonly<Record<string, string>> = {}, name = 'github') =>
  fetch(`${app.url}/hooks/${name}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', secret: 'current', ...headers },
    body,
  });

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const answer = await call('POST', '/graphql', { body: { query, variables } });
  const { data, errors } = answer.body as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

describe('a delivery', () => {
  it('is taken without a token, answered at once, and says later what came of it', async () => {
    const answer = await send(JSON.stringify(aDeployment()));
    expect(answer.status).toBe(202);
    const { id, state } = (await answer.json()) as { id: string; state: string };
    expect({ state, location: answer.headers.get('location') }).toEqual({
      state: 'pending',
      location: `/api/v1/deliveries/${id}`,
    });
    await app.workshop.work();
    const rest = await call('GET', `/api/v1/deliveries/${id}`);
    expect(rest.body).toMatchObject({ state: 'released', release: id, rule: 'deploy-catalog' });
    const graphql = await ask(
      `query ($id: ID!) { receivedDelivery(id: $id) { state release rule trigger { branch } } }`,
      { id },
    );
    expect(graphql).toEqual({
      receivedDelivery: {
        state: 'released',
        release: id,
        rule: 'deploy-catalog',
        trigger: { branch: 'main' },
      },
    });
    const refused = await ask(
      `mutation ($id: ID!) { redeliverReceived(id: $id) { ... on Refused { code } } }`,
      { id },
    );
    expect(refused).toEqual({ redeliverReceived: { code: 'DELIVERY_NOT_USABLE' } });
  });

  it('is signed over its bytes, which nobody has read or changed before', async () => {
    const body = `{ "event" :"x",\n\t"because": "gr\u00fcn \\u0000" , "key":"spaces"}  `;
    const first = (await (await send(body)).json()) as { id: string };
    const found = await app.workshop.uow.run((tx) => tx.received.list({}, { limit: 1 }));
    expect(found.items[0]).toMatchObject({ id: first.id, fingerprint: body });
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-16'])(
    'is not read before its signature holds, whatever %s means',
    async (type) => {
      expect((await send('{"__proto__":', { 'Content-Type': type, secret: 'no' })).status).toBe(
        401,
      );
    },
  );

  it('is refused when it is encoded, too large, or sent by another method', async () => {
    expect((await send('x', { 'Content-Encoding': 'gzip' })).status).toBe(415);
    const large = await send('x'.repeat(1_048_577));
    expect([large.status, ((await large.json()) as { code: string }).code]).toEqual([
      413,
      'BODY_TOO_LARGE',
    ]);
    expect((await fetch(`${app.url}/hooks/github`)).status).toBe(405);
  });

  it('is answered the same by a webhook that is not there', async () => {
    const [wrong, nobody] = [await send('{}', { secret: 'no' }), await send('{}', {}, 'nobody')];
    expect([wrong.status, nobody.status]).toEqual([401, 401]);
  });
});

describe('webhooks and rules over GraphQL', () => {
  it('are put, tried, listed and removed', async () => {
    const put = await ask(
      `mutation ($webhook: WebhookInput!, $rule: RuleInput!) {
        putWebhook(webhook: $webhook) { ... on WebhookPayload { webhook { address provider } } }
        putRule(rule: $rule) { ... on RulePayload { rule { priority owner match { branches } } } ... on Refused { message } }
      }`,
      {
        webhook: {
          name: 'other',
          provider: 'gitlab',
          secrets: [{ secret: 'next' }],
          mapping: null,
        },
        rule: {
          name: 'other',
          match: { webhook: 'other', branches: ['main'], events: null },
          release: { service: 'shop/catalog', version: '{{ tag }}', strategy: 'canary-10' },
        },
      },
    );
    expect(put).toEqual({
      putWebhook: { webhook: { address: '/hooks/other', provider: 'gitlab' } },
      putRule: { rule: { priority: 100, owner: 'ci', match: { branches: ['main'] } } },
    });
    const payload = { event: 'x', trigger: { event: 'x', status: 'success', branch: 'main' } };
    const tested = await ask(
      `query ($test: RuleTestInput!) { testRule(test: $test) { rule because wouldRelease } }`,
      { test: { webhook: 'other', payload } },
    );
    expect(tested).toEqual({
      testRule: {
        rule: 'other',
        because: 'its version needs {{ tag }}, and the delivery does not say that',
        wouldRelease: false,
      },
    });
    const listed = await ask(`{
      webhooks { edges { node { name } } }
      rules { edges { node { name } } }
      rule(name: "none") { name }
      webhook(name: "other") { secrets { secret } }
      receivedDeliveries(first: 1, webhook: "github") { edges { node { webhook } } }
    }`);
    expect(listed).toEqual({
      webhooks: { edges: [{ node: { name: 'github' } }, { node: { name: 'other' } }] },
      rules: { edges: [{ node: { name: 'deploy-catalog' } }, { node: { name: 'other' } }] },
      rule: null,
      webhook: { secrets: [{ secret: 'next' }] },
      receivedDeliveries: { edges: [{ node: { webhook: 'github' } }] },
    });
    const removed = await ask(`mutation {
      removeWebhook(name: "github") { ... on Refused { code } }
      removeRule(name: "other") { ... on RemovedPayload { name } }
    }`);
    expect(removed).toEqual({
      removeWebhook: { code: 'WEBHOOK_IN_USE' },
      removeRule: { name: 'other' },
    });
  });
});
