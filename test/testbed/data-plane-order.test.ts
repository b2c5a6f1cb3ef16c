import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { catalog, DataPlaneHarness, request, routing, subsets, to } from './data-plane-harness.js';
import { until } from './src/index.js';
import type { Load, Proxy } from './src/data-plane/index.js';

let harness: DataPlaneHarness;
let sidecar: Proxy;

const split = routing([{ route: [to('v1', 50), to('v2', 50)] }]);

beforeAll(async () => {
  harness = await DataPlaneHarness.start();
  sidecar = await harness.plane.sidecar();
}, 1_200_000);

afterAll(() => harness.stop());

beforeEach(async () => {
  await harness.clear();
  await harness.apply(subsets('v1'), routing([{ route: [to('v1')] }]));
});

/** As many more as are needed to have seen what the last change did. */
async function after(load: Load, requests: number): Promise<void> {
  const enough = load.tally.total + requests;
  const what = `${requests} more requests were answered`;
  await until(() => load.tally.total >= enough, { what, withinMs: 30_000 });
}

test('the subset first and then its route, and back in reverse, lose none of 200 requests a second', async () => {
  const load = sidecar.requests.load({ ...request, rps: 200 });
  await harness.apply(subsets('v1', 'v2'));
  await harness.apply(split);
  await after(load, 200);
  await harness.apply(routing([{ route: [to('v1')] }]));
  await harness.apply(subsets('v1'));
  await after(load, 100);
  const tally = await load.stop();
  expect(tally.failed).toEqual([]);
  expect(tally.version('v2')).toBeGreaterThan(50);
});

test('the route first and then its subset lose requests until the subset is there', async () => {
  const load = sidecar.requests.load({ ...request, rps: 200 });
  await harness.apply(split);
  await after(load, 100);
  await harness.apply(subsets('v1', 'v2'));
  const there = Date.now();
  await after(load, 100);
  const { failed } = await load.stop();
  expect(failed.length).toBeGreaterThan(20);
  expect(failed.every(({ at, cause }) => at <= there && cause === 'status 503')).toBe(true);
});

test('Pods that are added under load are used, and none of the requests fails', async () => {
  await harness.apply(subsets('v1', 'v3'));
  const load = sidecar.requests.load({ ...request, rps: 200 });
  await harness.cluster.admin.setPods(catalog, 'v3', 2);
  await harness.apply(routing([{ route: [to('v1', 50), to('v3', 50)] }]));
  await after(load, 100);
  const tally = await load.stop();
  expect(tally.failed).toEqual([]);
  expect(tally.version('v3')).toBeGreaterThan(10);
});

test('a version whose Pods are not ready fails its part of the requests', async () => {
  await harness.cluster.admin.setPods(catalog, 'v4', 0, 2);
  await harness.apply(subsets('v1', 'v4'), routing([{ route: [to('v4')] }]));
  const reply = await sidecar.requests.send(request);
  expect(reply).toMatchObject({ status: 503, body: 'no healthy upstream' });
});
