import { createPrometheusSource, type PrometheusConnection } from '@spillway/adapter-metrics';
import type { MetricsSource } from '@spillway/application';
import type { MetricQuery, Reading } from '@spillway/domain-analysis';
import { clusterName, duration, instant, serviceName, version } from '@spillway/kernel';

/** Of a Prometheus whose targets are scraped every 15 seconds and known at once. */
export const sourceAt = (url: string, change: Partial<PrometheusConnection> = {}): MetricsSource =>
  createPrometheusSource(
    {
      kind: 'prometheus',
      url,
      auth: { kind: 'none' },
      timeoutMs: 10_000,
      reporter: 'destination',
      scrapeIntervalMs: 15_000,
      lagMs: 0,
      ...change,
    },
    { cluster: clusterName('eu'), clock: { now: () => instant(Date.now()) } },
  );

export interface Asked {
  readonly at: number;
  readonly window: number;
  readonly query?: MetricQuery;
}

/** Whether v2 of a service is as good as v1. */
export const read = (
  source: MetricsSource,
  host: string,
  { at, window, query = { kind: 'requestSuccessRate' } }: Asked,
): Promise<Reading> =>
  source.read({
    query,
    service: { service: serviceName('shop/catalog'), host, port: 80, versionLabel: 'version' },
    stable: version('v1'),
    candidate: version('v2'),
    at: instant(at),
    window: duration(window),
  });
