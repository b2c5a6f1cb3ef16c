import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KubernetesConnector } from '@spillway/adapter-cluster';
import { createNumberSource, createPrometheusSource } from '@spillway/adapter-metrics';
import { createProxyFleet } from '@spillway/adapter-proxy';
import type { SourceConnection } from '@spillway/application';
import { aService } from '@spillway/application/testing';
import { clusterName, duration, instant, version } from '@spillway/kernel';
import { createGuard } from './guard.js';

const { sources, clusters } = createGuard([]);
const url = 'http://127.0.0.1:9/';
const metadata = 'http://169.254.169.254/';
const clock = { now: () => instant(0) };
const secret = { secret: 'key' };
const key = JSON.stringify({
  type: 'service_account',
  client_email: 'spillway@shop.test',
  private_key_id: '1',
  private_key: generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
  token_uri: `${url}token`,
});

const timeoutMs = 5_000;
const connections: readonly SourceConnection[] = [
  { kind: 'datadog', timeoutMs, site: 'x.test', url, apiKey: secret, applicationKey: secret },
  { kind: 'newRelic', timeoutMs, region: 'eu', url, accountId: 1, apiKey: secret },
  { kind: 'dynatrace', timeoutMs, url, apiToken: secret },
  { kind: 'graphite', timeoutMs, url },
  { kind: 'influxdb', timeoutMs, url, organization: 'shop', token: secret },
  {
    kind: 'cloudWatch',
    timeoutMs,
    region: 'eu-west-1',
    url,
    accessKeyId: 'id',
    secretAccessKey: secret,
  },
  { kind: 'googleCloud', timeoutMs, project: 'shop', serviceAccountKey: secret },
  { kind: 'prometheus', timeoutMs, url },
  { kind: 'http', timeoutMs, url, path: '/value' },
];

const queries: Readonly<Record<string, string>> = {
  cloudWatch: JSON.stringify([
    {
      Id: 'm',
      MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 60, Stat: 'Sum' },
    },
  ]),
};

describe('a metrics source', () => {
  it.each(connections)('of kind $kind is not asked at a private address', async (connection) => {
    const openSecret = () => Promise.resolve(key);
    const source = createNumberSource(connection, { openSecret, clock, connect: sources });
    const query = queries[connection.kind] ?? 'up';
    const answer = await source.ask({ query, from: instant(0), to: instant(60_000) });
    await source.close();
    expect(answer).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('SPILLWAY_OUTGOING_ALLOW'),
    });
  });
});

describe('a cluster at an address where machines keep credentials', () => {
  it('is not asked for its metrics', async () => {
    const connection = {
      kind: 'prometheus',
      url: metadata,
      auth: { kind: 'none' },
      timeoutMs,
      reporter: 'source',
      scrapeIntervalMs: 15_000,
      lagMs: 0,
    } as const;
    const source = createPrometheusSource(connection, {
      cluster: clusterName('eu'),
      clock,
      connect: clusters,
    });
    const reading = await source.read({
      query: { kind: 'promql', template: 'up' },
      service: aService(),
      stable: version('v1'),
      candidate: version('v2'),
      at: instant(0),
      window: duration(60_000),
    });
    await source.close();
    expect(reading).toMatchObject({ message: expect.stringContaining('credentials') });
  });

  it('is not asked for its proxies', async () => {
    const fleet = createProxyFleet({ kind: 'envoy', urls: [metadata] }, undefined, clusters);
    const answer = await fleet.look({ hosts: ['x'], routeName: 'x' });
    await fleet.close();
    expect(answer).toMatchObject({ reason: expect.stringContaining('credentials') });
  });

  it('is not connected to', async () => {
    const kubeconfig = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'eu', cluster: { server: 'https://169.254.169.254' } }],
      users: [{ name: 'eu', user: { token: 'x' } }],
      contexts: [{ name: 'eu', context: { cluster: 'eu', user: 'eu' } }],
      'current-context': 'eu',
    });
    const connection = { kind: 'kubeconfig', kubeconfig } as const;
    const link = new KubernetesConnector({ clock, connect: clusters }).connect({
      cluster: clusterName('eu'),
      connection,
      onChange: () => undefined,
    });
    const found = await link.probe();
    await link.close();
    expect(JSON.stringify(found)).toContain('credentials');
  });
});
