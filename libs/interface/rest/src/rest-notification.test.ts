import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { notificationView, outgoingDeliveryView, views } from '@spillway/interface-contract';
import { secretName } from '@spillway/kernel';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);
beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.uow.run((tx) => tx.secrets.put(secretName('slack-ops'), 'geheim'));
});
afterAll(() => app.close());

const notifications = '/api/v1/notifications';
const ops = {
  name: 'ops',
  channel: { slack: { url: { secret: 'slack-ops' } } },
  filter: { namespaces: ['shop'], severity: 'warning' },
};

describe('notification endpoints', () => {
  it('are put, got, listed and removed', async () => {
    const put = await call('PUT', `${notifications}/ops`, { body: ops });
    expect(put.status).toBe(200);
    expect(notificationView.parse(put.body)).toMatchObject(ops);
    expect((await call('GET', `${notifications}/ops`)).body).toEqual(put.body);
    const list = await call('GET', notifications);
    expect(views.NotificationPage.parse(list.body).items).toEqual([put.body]);
    expect((await call('DELETE', `${notifications}/ops`)).status).toBe(204);
    for (const name of ['ops', 'No_Name']) {
      for (const method of ['GET', 'DELETE']) {
        const { status, body } = await call(method, `${notifications}/${name}`);
        expect({ status, body }).toMatchObject({
          status: 404,
          body: { code: 'UNKNOWN_NOTIFICATION' },
        });
      }
    }
  });

  it('are put under their own name, and with secrets that are there', async () => {
    const elsewhere = await call('PUT', `${notifications}/other`, { body: ops });
    expect(elsewhere).toMatchObject({ status: 400, body: { field: 'name' } });
    const body = { ...ops, channel: { slack: { url: { secret: 'none' } } } };
    expect(await call('PUT', `${notifications}/ops`, { body })).toMatchObject({
      body: { code: 'UNKNOWN_SECRET', field: 'channel.slack.url.secret' },
    });
  });

  it('are sent a test, which comes once for a key and tells of no release', async () => {
    await call('PUT', `${notifications}/ops`, { body: ops });
    const send = () =>
      call('POST', `${notifications}/ops/test`, { headers: { 'idempotency-key': 'once' } });
    const queued = await send();
    expect(queued.status).toBe(201);
    const view = outgoingDeliveryView.parse(queued.body);
    expect(view).toMatchObject({
      direction: 'out',
      state: 'pending',
      endpoint: 'ops',
      notice: { type: 'test' },
      attempts: [],
    });
    expect(view).not.toHaveProperty('release');
    expect((await send()).body).toEqual(queued.body);
    await app.workshop.work();
    expect(app.workshop.notifier.given.map(({ id }) => id)).toEqual([view.id]);
    expect(await call('POST', `${notifications}/none/test`)).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_NOTIFICATION' },
    });
  });

  it('keep their secrets where they are', async () => {
    await call('PUT', `${notifications}/ops`, { body: ops });
    const answers = [
      await call('GET', notifications),
      await call('POST', `${notifications}/ops/test`),
    ];
    expect(JSON.stringify(answers)).not.toContain('geheim');
  });
});
