import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { egressPolicyView, egressReportView, views } from '@spillway/interface-contract';
import { callerOf, startRestApp, type RestApp } from './testing/index.js';

let app: RestApp;
const call = callerOf(() => app);

beforeAll(async () => {
  app = await startRestApp();
});
afterAll(() => app.close());

const allowed = {
  hosts: ['api.stripe.com'],
  ports: [{ number: 443, protocol: 'TLS' }],
  owner: 'payments',
  reason: 'Card payments',
};
const policy = (name: string) => ({ name, clusters: ['eu-west'], allow: [allowed] });
const path = '/api/v1/egress-policies';

describe('egress policies', () => {
  it('are put under their namespace, observed unless they say otherwise', async () => {
    const put = await call('PUT', `${path}/shop`, { body: policy('shop') });
    expect(put.status).toBe(200);
    expect(egressPolicyView.parse(put.body)).toMatchObject({
      name: 'shop',
      mode: 'observe',
      allow: [{ ...allowed, resolution: 'NONE' }],
      rollouts: [{ cluster: 'eu-west', generation: 1, applied: false }],
    });
  });

  it('are shown with what their clusters hold, and in lists without', async () => {
    const one = egressPolicyView.parse((await call('GET', `${path}/shop`)).body);
    expect(one.rollouts[0]?.drift).toEqual(['Sidecar shop/spillway-egress is missing']);
    const list = views.EgressPolicyPage.parse((await call('GET', path)).body);
    expect(list.items[0]?.rollouts[0]).not.toHaveProperty('drift');
  });

  it.each([
    [{ allow: [{ ...allowed, ports: [] }] }, 'allow[0].ports'],
    [{ allow: [{ ...allowed, owner: ' ' }] }, 'allow[0].owner'],
    [
      { allow: [{ ...allowed, ports: [{ number: 0, protocol: 'TLS' }] }] },
      'allow[0].ports[0].number',
    ],
    [
      { allow: [{ ...allowed, ports: [{ number: 1, protocol: 'UDP' }] }] },
      'allow[0].ports[0].protocol',
    ],
    [{ mode: 'block' }, 'mode'],
    [{ clusters: [] }, 'clusters'],
    [{ acceptBlocked: '' }, 'acceptBlocked'],
    [{ name: 'other' }, 'name'],
  ])('are refused with %j', async (wrong, field) => {
    const { status, body } = await call('PUT', `${path}/shop`, {
      body: { ...policy('shop'), ...wrong },
    });
    expect({ status, body }).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT', field } });
  });

  it('are enforced and rolled back, with the reason that goes with it', async () => {
    const body = { acceptBlocked: 'CHG-1', window: '6h' };
    const enforced = await call('POST', `${path}/shop/enforce`, { body });
    expect(enforced.body).toMatchObject({ mode: 'enforce' });
    expect(app.useCases.commands.at(-1)).toMatchObject({
      acceptBlocked: 'CHG-1',
      window: 21_600_000,
    });
    const opened = await call('POST', `${path}/shop/rollback`, { body: { comment: 'pays fail' } });
    expect(opened.body).toMatchObject({ mode: 'observe' });
    expect(app.useCases.commands.at(-1)).toMatchObject({ namespace: 'shop', comment: 'pays fail' });
    expect((await call('POST', `${path}/shop/rollback`)).status).toBe(200);
  });

  it('are reported on, and what is not known is not nothing', async () => {
    const { body } = await call('GET', `${path}/shop/report?window=2h`);
    expect(egressReportView.parse(body)).toMatchObject({
      window: '2h',
      wouldBlock: 1,
      known: false,
      clusters: [{ state: 'measured' }, { state: 'noData', findings: [] }],
    });
    expect((await call('GET', `${path}/shop/report?window=soon`)).status).toBe(400);
  });

  it.each(['other', 'No_Name'])('are not there for %s', async (name) => {
    for (const address of [name, `${name}/report`]) {
      const { status, body } = await call('GET', `${path}/${address}`);
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { code: 'UNKNOWN_EGRESS_POLICY' },
      });
    }
  });
});
