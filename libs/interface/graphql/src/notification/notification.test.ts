import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { secretName } from '@spillway/kernel';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
beforeAll(async () => {
  app = await startGraphqlApp();
  await app.workshop.uow.run((tx) => tx.secrets.put(secretName('key'), 'geheim'));
});
afterAll(() => app.close());

const refused = '... on Refused { code field }';
const put = `mutation ($n: NotificationInput!) { putNotification(notification: $n) { ${refused}
  ... on NotificationPayload { notification { name filter { severity types }
    channel { slack { url { secret } } webhook { url } } } } } }`;
const slack = { url: { secret: 'key' } };

it('puts, gets, lists and removes notification endpoints of any kind', async () => {
  const n = {
    name: 'ops',
    channel: { slack, webhook: null },
    filter: { types: ['rolledBack'], severity: null },
  };
  const done = await app.ask(put, { n });
  expect(done.errors).toEqual([]);
  expect(done.data).toEqual({
    putNotification: {
      notification: {
        name: 'ops',
        filter: { severity: 'detail', types: ['rolledBack'] },
        channel: { slack, webhook: null },
      },
    },
  });
  const email = { host: 'mail.example.com', from: 'a@example.com', to: ['b@example.com'] };
  const mail = await app.ask(put, { n: { name: 'mail', channel: { email } } });
  expect(mail.errors).toEqual([]);
  const { data } = await app.ask(`{
    notification(name: "ops") { name since }
    none: notification(name: "No Name") { name }
    notifications(first: 5) { edges { node { name } } } }`);
  expect(data).toMatchObject({
    notification: { name: 'ops' },
    none: null,
    notifications: { edges: [{ node: { name: 'mail' } }, { node: { name: 'ops' } }] },
  });
  const removed = await app.ask(
    `mutation { removeNotification(name: "mail") { ... on RemovedPayload { name } ${refused} } }`,
  );
  expect(removed.data).toEqual({ removeNotification: { name: 'mail' } });
});

it('refuses a channel that is none, or whose secret is missing', async () => {
  const none = await app.ask(put, { n: { name: 'ops', channel: { slack: null } } });
  expect(none.data).toEqual({ putNotification: { code: 'INVALID_INPUT', field: 'channel' } });
  const channel = { slack: { url: { secret: 'none' } } };
  const missing = await app.ask(put, { n: { name: 'ops', channel } });
  expect(missing.data).toEqual({
    putNotification: { code: 'UNKNOWN_SECRET', field: 'channel.slack.url.secret' },
  });
});

it('sends a test', async () => {
  await app.ask(put, { n: { name: 'ops', channel: { slack } } });
  const sent = await app.ask(`mutation { testNotification(name: "ops") { ${refused}
    ... on OutgoingDeliveryPayload { delivery { state notice { type } release attempts { at } } } } }`);
  expect(sent.errors).toEqual([]);
  expect(sent.data).toEqual({
    testNotification: {
      delivery: { state: 'pending', notice: { type: 'test' }, release: null, attempts: [] },
    },
  });
});

it('lists what goes out, and sends it again', async () => {
  await app.ask(put, { n: { name: 'again', channel: { slack } } });
  const sent = await app.ask(`mutation { testNotification(name: "again") {
    ... on OutgoingDeliveryPayload { delivery { id } } } }`);
  const { id } = (sent.data as { testNotification: { delivery: { id: string } } }).testNotification
    .delivery;
  await app.workshop.work();
  const found = await app.ask(
    `query ($id: ID!) { outgoingDelivery(id: $id) { state attempts { status } }
      none: outgoingDelivery(id: "none") { state }
      outgoingDeliveries(endpoint: "again", state: delivered) { edges { node { id endpoint } } } }`,
    { id },
  );
  expect(found.errors).toEqual([]);
  expect(found.data).toEqual({
    outgoingDelivery: { state: 'delivered', attempts: [{ status: 200 }] },
    none: null,
    outgoingDeliveries: { edges: [{ node: { id, endpoint: 'again' } }] },
  });
  const again = await app.ask(
    `mutation ($id: ID!) {
      one: redeliverOutgoing(id: $id) { ... on OutgoingDeliveryPayload { delivery { state tries } } }
      none: redeliverOutgoing(id: "none") { ${refused} } }`,
    { id },
  );
  expect(again.data).toEqual({
    one: { delivery: { state: 'pending', tries: 0 } },
    none: { code: 'UNKNOWN_DELIVERY', field: null },
  });
});
