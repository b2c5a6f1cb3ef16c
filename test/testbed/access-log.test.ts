import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { renderTelemetry, type AccessLog } from '@spillway/domain-istio';
import { KubernetesHarness } from './cluster-link-harness.js';
import { startCluster, until, type TestCluster } from './src/index.js';

let cluster: TestCluster;
let harness: KubernetesHarness;

beforeAll(async () => {
  cluster = await startCluster('access-log');
  harness = await KubernetesHarness.make(cluster);
  await until(() => harness.link.state().kind === 'ready', { what: 'the link', withinMs: 10_000 });
});
afterAll(async () => {
  await harness.link.close();
  await cluster.stop();
});

const log: AccessLog = {
  during: 'release',
  selector: { app: 'web' },
  side: 'client',
  provider: 'envoy',
  fromCode: 500,
  ownRoutes: true,
};

const found = async (): Promise<unknown> => {
  const path = `/apis/telemetry.istio.io/v1/namespaces/${harness.namespace}/telemetries`;
  const { items } = await cluster.admin.http.get<{ items: { spec: unknown }[] }>(path);
  return items.map(({ spec }) => spec);
};

it('turns a log on with one write and off with another, as often as it is asked', async () => {
  const { link, service } = harness;
  const telemetry = renderTelemetry(service, log, undefined);
  const place = telemetry.metadata;
  const since = Date.now();

  for (const _ of [1, 2]) {
    expect(await link.setAccessLog({ place, telemetry })).toEqual({ kind: 'applied' });
    expect(await found()).toEqual([telemetry.spec]);
  }
  for (const _ of [1, 2]) {
    expect(await link.setAccessLog({ place })).toEqual({ kind: 'applied' });
    expect(await found()).toEqual([]);
  }
  const calls = await cluster.calls('spillway', since);
  const about = calls.filter(({ resource }) => resource === 'telemetries');
  expect(about.map(({ verb }) => verb)).toEqual(['patch', 'patch', 'delete', 'delete']);
});

it('is told what the API server refuses', async () => {
  const telemetry = renderTelemetry(harness.service, { ...log, provider: '' }, undefined);
  const outcome = await harness.link.setAccessLog({ place: telemetry.metadata, telemetry });
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('providers') });
});
