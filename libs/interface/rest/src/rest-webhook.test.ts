import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ruleView, views, webhookView } from '@spillway/interface-contract';
import { secretName } from '@spillway/kernel';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);
beforeAll(async () => {
  app = await startRestApp();
  await app.workshop.furnish();
  await app.workshop.uow.run((tx) => tx.secrets.put(secretName('key'), 'geheim'));
  await call('PUT', `${webhooks}/ci`, { body: ci });
});
afterAll(() => app.close());

const webhooks = '/api/v1/webhooks';
const rules = '/api/v1/rules';
const deliveries = '/api/v1/deliveries';
const ci = { name: 'ci', provider: 'generic', secrets: [{ secret: 'key' }] };
const rule = {
  name: 'catalog',
  match: { webhook: 'ci', branches: ['main'] },
  release: { service: 'shop/catalog', version: '{{ image.tag }}', strategy: 'canary-10' },
};

describe('webhooks', () => {
  it('are put, got, listed and removed, with the address that deliveries are sent to', async () => {
    const github = { ...ci, name: 'github', provider: 'github' };
    const put = await call('PUT', `${webhooks}/github`, { body: github });
    expect(webhookView.parse(put.body)).toMatchObject({ ...github, address: '/hooks/github' });
    expect((await call('GET', `${webhooks}/github`)).body).toEqual(put.body);
    const list = await call('GET', webhooks);
    expect(views.WebhookPage.parse(list.body).items.map(({ name }) => name)).toEqual([
      'ci',
      'github',
    ]);
    expect(JSON.stringify(list.body)).not.toContain('geheim');
    expect((await call('DELETE', `${webhooks}/github`)).status).toBe(204);
    for (const name of ['github', 'No_Name']) {
      expect(await call('GET', `${webhooks}/${name}`)).toMatchObject({
        status: 404,
        body: { code: 'UNKNOWN_WEBHOOK' },
      });
    }
  });

  it.each([
    [{ ...ci, secrets: [] }, 'secrets'],
    [{ ...ci, secrets: [1, 2, 3].map(() => ({ secret: 'key' })) }, 'secrets'],
    [{ ...ci, provider: 'gitea' }, 'provider'],
    [{ ...ci, provider: 'github', mapping: { image: '/a' } }, 'mapping'],
    [{ ...ci, mapping: { image: 'a/b' } }, 'mapping.image'],
    [{ ...ci, mapping: { imgae: '/a' } }, 'mapping'],
    [{ ...ci, name: 'other' }, 'name'],
    [{ ...ci, secrets: [{ secret: 'none' }] }, 'secrets[0].secret'],
  ])('are refused as %j', async (body, field) => {
    const answer = await call('PUT', `${webhooks}/ci`, { body });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).toMatchObject({ field });
  });
});

describe('rules', () => {
  it('are put, got, listed and removed, defaults filled in', async () => {
    const put = await call('PUT', `${rules}/catalog`, { body: rule });
    expect(ruleView.parse(put.body)).toMatchObject({ ...rule, priority: 100, owner: 'ci' });
    expect((await call('GET', `${rules}/catalog`)).body).toEqual(put.body);
    expect(views.RulePage.parse((await call('GET', rules)).body).items).toEqual([put.body]);
    expect(await call('DELETE', `${webhooks}/ci`)).toMatchObject({
      body: { code: 'WEBHOOK_IN_USE' },
    });
    expect((await call('DELETE', `${rules}/catalog`)).status).toBe(204);
    expect(await call('GET', `${rules}/catalog`)).toMatchObject({ body: { code: 'UNKNOWN_RULE' } });
  });

  it.each([
    [{ ...rule, release: { ...rule.release, version: '{{ no }}' } }, 'release.version'],
    [{ ...rule, match: { ...rule.match, webhook: 'none' } }, 'match.webhook'],
    [{ ...rule, match: { ...rule.match, branch: ['main'] } }, 'match'],
    [{ ...rule, match: { ...rule.match, statuses: ['ok'] } }, 'match.statuses[0]'],
    [{ ...rule, priority: -1 }, 'priority'],
  ])('are refused as %j', async (body, field) => {
    expect(await call('PUT', `${rules}/catalog`, { body })).toMatchObject({ body: { field } });
  });

  it.each([
    [{}, 'give either delivery, or webhook and payload'],
    [{ webhook: 'ci' }, 'give either delivery, or webhook and payload'],
    [{ delivery: 'x' }, 'must be the id of a delivery'],
    [
      { delivery: '6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11', webhook: 'ci', payload: 1 },
      'give either',
    ],
    [{ webhook: 'ci', payload: JSON.parse('['.repeat(90) + ']'.repeat(90)) }, 'nested deeper'],
  ])('are not tried with %j', async (body, because) => {
    const answer = await call('POST', `${rules}/test`, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    expect(JSON.stringify(answer.body)).toContain(because);
  });

  it('say what would come of a payload', async () => {
    const payload = {
      event: 'deployed',
      trigger: { event: 'deployed', status: 'success', branch: 'x' },
    };
    const answer = await call('POST', `${rules}/test`, { body: { webhook: 'ci', payload, rule } });
    expect(views.RuleTest.parse(answer.body)).toEqual({
      webhook: 'ci',
      trigger: payload.trigger,
      passedBy: [{ rule: 'catalog', because: 'branch main wanted, was x' }],
      because: 'no rule matches',
      wouldRelease: false,
    });
  });
});

describe('deliveries', () => {
  it('of either direction are known by their ids', async () => {
    for (const id of ['6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11', 'no-id']) {
      const unknown = { status: 404, body: { code: 'UNKNOWN_DELIVERY' } };
      expect(await call('GET', `${deliveries}/${id}`)).toMatchObject(unknown);
      expect(await call('POST', `${deliveries}/${id}/redeliver`)).toMatchObject(unknown);
    }
  });

  it.each([
    '',
    '?direction=out',
    '?direction=in&endpoint=ops',
    '?direction=out&webhook=ci',
    '?direction=out&state=released',
    '?state=dead',
    '?release=6f1c2c1e-4f0e-4c0c-9f5e-0d1f4a1c7d11',
  ])('are listed by %j, also where there can be none', async (query) => {
    expect((await call('GET', `${deliveries}${query}`)).body).toEqual({ items: [] });
  });

  it('are not listed by what is no direction, state or id', async () => {
    for (const query of ['?direction=up', '?state=no', '?release=no', '?webhook=No_Name']) {
      expect((await call('GET', deliveries + query)).status).toBe(400);
    }
  });
});
