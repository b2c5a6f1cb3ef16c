import type { MetricQuestion } from '@spillway/application';
import type { PrometheusConnection } from '../prometheus/prometheus-client.js';
import { duration, instant, serviceName, version } from '@spillway/kernel';

/** Whether `shop/catalog` v2 is as good as v1, in a minute. */
export const aQuestion = (change: Partial<MetricQuestion> = {}): MetricQuestion => ({
  query: { kind: 'requestSuccessRate' },
  service: {
    service: serviceName('shop/catalog'),
    host: 'catalog.shop.svc.cluster.local',
    port: 8080,
    versionLabel: 'version',
  },
  stable: version('v1'),
  candidate: version('v2'),
  at: instant(1_700_000_000_000),
  window: duration(60_000),
  ...change,
});

export const aConnection = (
  url: string,
  change: Partial<PrometheusConnection> = {},
): PrometheusConnection => ({
  kind: 'prometheus',
  url,
  auth: { kind: 'none' },
  timeoutMs: 5_000,
  reporter: 'source',
  scrapeIntervalMs: 15_000,
  lagMs: 1_000,
  ...change,
});
