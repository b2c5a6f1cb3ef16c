import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Proxy, RequestOptions } from '../src/data-plane/index.js';
import { until } from '../src/index.js';
import { expectShare, many } from './share.js';
import { edgeOf, StagedService } from './staged-service.js';
import { TrafficStage } from './traffic-stage.js';

let stage: TrafficStage;
beforeAll(async () => {
  stage = await TrafficStage.start();
}, 1_200_000);
afterAll(() => stage.stop());

type Asked = Partial<RequestOptions>;

/** How requests are told apart; each route stands for itself. */
const routes = [
  { name: 'header', match: [{ headers: { 'x-tester': { exact: 'yes' } } }] },
  { name: 'cookie', match: [{ cookies: { beta: { exact: 'on' } } }] },
  { name: 'query', match: [{ queryParams: { preview: { exact: '1' } } }] },
  { name: 'method', match: [{ method: { exact: 'DELETE' } }] },
  { name: 'uri', match: [{ uri: { prefix: '/next/' } }] },
  {
    name: 'edge',
    match: [{ headers: { 'x-edge': { present: true as const } } }],
    where: 'edge' as const,
  },
  {
    name: 'mesh',
    match: [{ headers: { 'x-mesh': { present: true as const } } }],
    where: 'mesh' as const,
  },
  { name: 'labels', match: [{ sourceLabels: { track: 'canary' } }] },
  { name: 'namespace', match: [{ sourceNamespace: 'qa' }] },
];

const cohort: readonly Asked[] = [
  { headers: { 'x-tester': 'yes' } },
  { headers: { cookie: 'a=b; beta=on; c=d' } },
  { path: '/items?preview=1' },
  { method: 'DELETE' },
  { path: '/next/items' },
];
const others: readonly Asked[] = [
  {},
  { headers: { 'x-tester': 'yes!' } },
  { headers: { cookie: 'a=b; beta=on2; xbeta=on' } },
  { path: '/items?preview=12' },
  { method: 'POST' },
  { path: '/next' },
];

async function expectAll(
  proxy: Proxy,
  to: RequestOptions,
  asked: readonly Asked[],
  version: string,
): Promise<void> {
  for (const one of asked) {
    const { byVersion } = await proxy.requests.burst(250, { ...to, ...one });
    expect({ asked: one, byVersion }).toEqual({ asked: one, byVersion: { [version]: 250 } });
  }
}

test('a dark launch shows the candidate to its cohort and to nobody else', async () => {
  const service = await StagedService.create(stage, 'dark', { edge: edgeOf('dark') });
  const { plane, sidecar } = stage;
  const canary = await plane.sidecar({ namespace: 'shop', labels: { track: 'canary' } });
  const qa = await plane.sidecar({ namespace: 'qa', labels: { app: 'web' } });
  const release = await service.releaseOnce(routes.map((route) => ({ route })));
  const { inMesh, atEdge } = service;
  await expectAll(sidecar, inMesh, [...cohort, { headers: { 'x-mesh': '' } }], 'v2');
  await expectAll(sidecar, inMesh, [...others, { headers: { 'x-edge': '1' } }], 'v1');
  await expectAll(plane.gateway, atEdge, [...cohort, { headers: { 'x-edge': '1' } }], 'v2');
  await expectAll(plane.gateway, atEdge, [...others, { headers: { 'x-mesh': '1' } }], 'v1');
  await expectAll(canary, inMesh, others, 'v2');
  await expectAll(qa, inMesh, others, 'v2');
  await release.abort();
  await expectAll(sidecar, inMesh, cohort, 'v1');
  await expectAll(plane.gateway, atEdge, cohort, 'v1');
  await expectAll(canary, inMesh, [{}], 'v1');
});

test('copies reach the candidate, and clients see stable only', async () => {
  const service = await StagedService.create(stage, 'mirrored');
  const { requests } = stage.sidecar;
  const release = await service.release([
    { mirror: { percent: 25 } },
    { mirror: { percent: 100, methods: 'safe' } },
    { mirror: 'off' },
    { setWeight: 50 },
  ]);
  const copiesOf = async (method: 'GET' | 'POST', n: number): Promise<number> => {
    const before = service.got('v2');
    const { byVersion } = await requests.burst(n, { ...service.inMesh, method });
    expect(byVersion).toEqual({ v1: n });
    return (await quiet(service)) - before;
  };
  expectShare(await copiesOf('GET', many), many, 0.25);
  await release.next();
  expect(await copiesOf('GET', 1_000)).toBe(1_000);
  expect(await copiesOf('POST', 1_000)).toBe(0);
  await release.next();
  expect(await copiesOf('GET', 500)).toBe(0);
  await release.next();
  const before = service.got('v2');
  const split = await requests.burst(500, service.inMesh);
  expect((await quiet(service)) - before).toBe(split.version('v2'));
  await release.finish();
});

/** Copies may still be on their way when the last answer is there. */
async function quiet(service: StagedService): Promise<number> {
  let last = -1;
  return until(
    () => {
      const now = service.got('v2');
      const isQuiet = now === last;
      last = now;
      return isQuiet && { now };
    },
    { what: 'no copy comes any more', withinMs: 5_000 },
  ).then(({ now }) => now);
}

test('blue and green change places at once, and back at once', async () => {
  const service = await StagedService.create(stage, 'green', { edge: edgeOf('green') });
  const { sidecar, plane } = stage;
  const preview = { headers: { 'x-preview': 'green' } };
  const release = await service.release(
    [
      { route: { name: 'preview', match: [{ headers: { 'x-preview': { exact: 'green' } } }] } },
      { switch: {} },
    ],
    { bakeAfterPromotion: '1h' },
  );
  await expectAll(plane.gateway, service.atEdge, [preview], 'v2');
  await expectAll(plane.gateway, service.atEdge, [{}], 'v1');
  await release.next();
  expect((await sidecar.requests.burst(many, service.inMesh)).byVersion).toEqual({ v2: many });
  await stage.client.releases.resume(release.id);
  await release.reaches('baking');
  await release.abort();
  expect((await sidecar.requests.burst(many, service.inMesh)).byVersion).toEqual({ v1: many });
});

test('A/B: the verdict on a cohort promotes one version and sends the other back', async () => {
  const ab = async (name: string, errorRate: number) => {
    const service = await StagedService.create(stage, name);
    stage.plane.upstreams.setVersion({ namespace: 'shop', name }, 'v2', { errorRate });
    const match = [{ headers: { 'x-group': { exact: 'b' } } }];
    const strategy = {
      steps: [{ route: { name: 'group-b', match } }, { analyze: { iterations: 3 } }],
      metrics: [successRate],
    };
    const release = await service.begin(strategy);
    // Before the first route, the Service itself shares requests out among all Pods.
    await release.passes(0);
    const group = (headers: Readonly<Record<string, string>>) =>
      stage.sidecar.requests.load({ rps: 100, ...service.inMesh, headers });
    const [a, b] = [group({}), group({ 'x-group': 'b' })];
    const { phase } = await release.reaches(errorRate === 0 ? 'succeeded' : 'rolledBack');
    const [ofA, ofB] = await Promise.all([a.stop(), b.stop()]);
    return { phase, ofA, ofB };
  };
  const [good, bad] = await Promise.all([ab('good', 0), ab('bad', 0.1)]);
  expect(good.phase).toBe('succeeded');
  expect(good.ofB.version('v2')).toBeGreaterThan(200);
  expect(bad.phase).toBe('rolledBack');
  expect(bad.ofA.byVersion).toEqual({ v1: bad.ofA.total });
  expect(bad.ofA.failed).toEqual([]);
  expect(bad.ofB.failed.length).toBeGreaterThan(0);
});

const successRate = {
  name: 'success-rate',
  query: { requestSuccessRate: {} },
  min: 99,
  interval: '1s',
  window: '5s',
  minSample: 50,
};
