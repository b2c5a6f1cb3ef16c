import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { clusterDocument } from './cluster-document.js';
import { toClusterView } from './cluster-view.js';
import { toNewCluster } from './to-new-cluster.js';

const withPrometheus = (prometheus: object): unknown => ({
  name: 'eu-west',
  connection: { kubeconfig: 'SECRET-kubeconfig', context: 'eu' },
  metrics: { prometheus: { url: 'https://prometheus.example', ...prometheus } },
});

const clusterOf = (input: unknown) => {
  const made = toNewCluster(input);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};

describe('toNewCluster', () => {
  it('reads every kind of connection', () => {
    const connectionOf = (connection: object) =>
      clusterOf({ name: 'a', connection, metrics: { none: true } }).connection;
    expect(connectionOf({ inCluster: true })).toEqual({ kind: 'inCluster' });
    expect(connectionOf({ simulated: { seed: 7 } })).toEqual({ kind: 'simulated', seed: 7 });
    expect(connectionOf({ kubeconfig: 'k' })).toEqual({ kind: 'kubeconfig', kubeconfig: 'k' });
  });

  it('reads every way to authenticate to Prometheus', () => {
    const metricsOf = (prometheus: object) => clusterOf(withPrometheus(prometheus)).metrics;
    expect(metricsOf({})).toEqual({
      kind: 'prometheus',
      url: 'https://prometheus.example',
      auth: { kind: 'none' },
      timeoutMs: 10_000,
      reporter: 'destination',
      scrapeIntervalMs: 15_000,
      lagMs: 1_000,
    });
    expect(metricsOf({ scrapeInterval: '1m', lag: '0s' })).toMatchObject({
      scrapeIntervalMs: 60_000,
      lagMs: 0,
    });
    expect(metricsOf({ bearerToken: 't' })).toMatchObject({ auth: { kind: 'bearer', token: 't' } });
    expect(metricsOf({ basic: { username: 'u', password: 'p' } })).toMatchObject({
      auth: { kind: 'basic', username: 'u', password: 'p' },
    });
  });

  it.each([
    ['metrics.prometheus.url', { url: 'https://user:SECRET@host' }],
    ['metrics.prometheus.url', { url: 'https://host/?token=SECRET' }],
    ['metrics.prometheus.url', { url: 'file:///SECRET' }],
    ['metrics.prometheus.url', { url: 'SECRET' }],
    ['metrics.prometheus.scrapeInterval', { scrapeInterval: '0s' }],
    [
      'metrics.prometheus.basic',
      { bearerToken: 'SECRET', basic: { username: 'u', password: 'SECRET' } },
    ],
  ])('refuses a wrong %s without repeating it', (field, prometheus) => {
    const made = toNewCluster(withPrometheus(prometheus));
    expect(made).toMatchObject({ ok: false, error: { field } });
    expect(JSON.stringify(made)).not.toContain('SECRET');
  });

  it('has examples that it accepts itself', () => {
    for (const example of (clusterDocument.meta()?.['examples'] ?? []) as unknown[]) {
      expect(toNewCluster(example).ok).toBe(true);
    }
  });
});

describe('toClusterView', () => {
  it('gives out no secret', () => {
    const record = {
      ...clusterOf(
        withPrometheus({
          basic: { username: 'SECRET', password: 'SECRET' },
          caCertificate: 'SECRET',
          timeout: '2s',
        }),
      ),
      createdAt: instant(0),
      updatedAt: instant(1_000),
    };
    const view = toClusterView({ record, state: 'unreachable', since: 2_000, reason: 'timed out' });
    expect(JSON.stringify(view)).not.toContain('SECRET');
    expect(view).toEqual({
      name: 'eu-west',
      labels: {},
      connection: { kind: 'kubeconfig', context: 'eu' },
      metrics: {
        kind: 'prometheus',
        url: 'https://prometheus.example',
        auth: 'basic',
        timeout: '2s',
        reporter: 'destination',
        scrapeInterval: '15s',
        lag: '1s',
      },
      state: 'unreachable',
      since: '1970-01-01T00:00:02.000Z',
      reason: 'timed out',
      createdAt: '1970-01-01T00:00:00.000Z',
      updatedAt: '1970-01-01T00:00:01.000Z',
    });
  });
});
