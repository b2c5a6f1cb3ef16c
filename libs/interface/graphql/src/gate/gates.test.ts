import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aCaller, aCluster, aService } from '@spillway/application/testing';
import { aStrategy } from '@spillway/domain-release/testing';
import { basisPoints, version } from '@spillway/kernel';
import { startGraphqlApp, type GraphqlApp } from '../testing/graphql-app.js';

let app: GraphqlApp;
let id = '';
const refused = '... on Refused { code field }';
const judged = `{ ${refused} ... on ReleasePayload { release {
  phase because gates { name wants count passedAt approvals { by plan } } awaiting { gate wave } } } }`;

beforeAll(async () => {
  app = await startGraphqlApp();
  const { uow, useCases, clusters } = app.workshop;
  const { name } = aStrategy();
  await uow.run(async (tx) => {
    for (const cluster of clusters.keys()) await tx.clusters.put(aCluster({ name: cluster }));
    await tx.services.put(aService());
    const { version: _version, ...strategy } = aStrategy({
      steps: [
        { kind: 'gate', name: 'prod', approvals: { count: 2, selfApproval: false } },
        { kind: 'setWeight', weight: basisPoints(1_000) },
      ],
    });
    await tx.strategies.put(strategy);
  });
  const { service } = aService();
  const wanted = { service, candidate: version('v2'), strategy: name, description: '' };
  const started = await useCases.startRelease(wanted, aCaller('anna'));
  if (!started.ok) throw new Error(started.error.message);
  id = started.value.id;
  await app.workshop.pass(1_000);
});
afterAll(() => app.close());

it('says what waits for the caller, and takes their yes', async () => {
  const waiting = '{ approvalsWaiting { release service gate wanted plan approvals { by } } }';
  const { data, errors } = await app.ask(waiting);
  expect(errors).toEqual([]);
  expect(data).toMatchObject({
    approvalsWaiting: [{ release: id, service: 'shop/catalog', gate: 'prod', wanted: 2 }],
  });
  const { plan } = (data as { approvalsWaiting: [{ plan: string }] }).approvalsWaiting[0];
  const approved = await app.ask(
    `mutation ($id: ID!, $plan: String) { approveRelease(id: $id, plan: $plan, comment: null) ${judged} }`,
    { id, plan },
  );
  expect(approved).toMatchObject({
    errors: [],
    data: {
      approveRelease: {
        release: {
          phase: 'awaitingApproval',
          awaiting: { gate: 'prod', wave: 0 },
          gates: [{ name: 'prod', count: 2, passedAt: null, approvals: [{ plan }] }],
        },
      },
    },
  });
  expect((await app.ask(waiting)).data).toEqual({ approvalsWaiting: [] });
});

it('refuses what is foreseen by its code', async () => {
  const ask = (mutation: string) => app.ask(`mutation { ${mutation} { ${refused} } }`);
  expect((await ask(`approveRelease(id: "${id}", plan: "x")`)).data).toEqual({
    approveRelease: { code: 'INVALID_INPUT', field: 'plan' },
  });
  expect((await ask(`overrideFreeze(id: "${id}", reason: "now")`)).data).toEqual({
    overrideFreeze: { code: 'NOT_FROZEN', field: null },
  });
  expect((await ask('setGate(service: "shop/none", name: "load", state: open)')).data).toEqual({
    setGate: { code: 'UNKNOWN_SERVICE', field: null },
  });
});

it('opens gates of a service', async () => {
  const { data } =
    await app.ask(`mutation { setGate(service: "shop/catalog", name: "load", state: open) {
    ... on GatePayload { gate { name state comment } } } }`);
  expect(data).toEqual({ setGate: { gate: { name: 'load', state: 'open', comment: '' } } });
  const listed = await app.ask('{ gates(service: "shop/catalog") { service name state } }');
  expect(listed.data).toEqual({
    gates: [{ service: 'shop/catalog', name: 'load', state: 'open' }],
  });
});

it('puts, gets, lists and removes freeze windows', async () => {
  const window = {
    name: 'weekend',
    times: {
      weekly: { days: ['sat', 'sun'], from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' },
      once: null,
    },
    scope: { clusters: { env: 'live' } },
  };
  const put = await app.ask(
    `mutation ($w: FreezeWindowInput!) { putFreezeWindow(window: $w) { ${refused}
      ... on FreezeWindowPayload { window { name because scope { clusters }
        times { weekly { days from to timeZone } once { from } } } } } }`,
    { w: window },
  );
  expect(put.errors).toEqual([]);
  expect(put.data).toEqual({ putFreezeWindow: { window: { ...window, because: '' } } });
  const { data } =
    await app.ask(`{ freezeWindow(name: "weekend") { name } none: freezeWindow(name: "x") { name }
    freezeWindows(first: 5) { edges { node { name } } } }`);
  expect(data).toEqual({
    freezeWindow: { name: 'weekend' },
    none: null,
    freezeWindows: { edges: [{ node: { name: 'weekend' } }] },
  });
  const removed = await app.ask(
    'mutation { removeFreezeWindow(name: "weekend") { ... on RemovedPayload { name } } }',
  );
  expect(removed.data).toEqual({ removeFreezeWindow: { name: 'weekend' } });
});

it('takes traffic back by a no', async () => {
  const { data } = await app.ask(
    `mutation { rejectRelease(id: "${id}", comment: "no") ${judged} }`,
  );
  expect(data).toMatchObject({ rejectRelease: { release: { phase: 'rollingBack' } } });
});
