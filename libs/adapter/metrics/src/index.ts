export * from './no-egress-metrics.js';
export * from './no-metrics-source.js';
export type { PrometheusConnection } from './prometheus/prometheus-client.js';
export * from './prometheus/prometheus-source.js';
export { createPrometheusEgress } from './prometheus/prometheus-egress.js';
export { createCloudWatchSource } from './cloudwatch/cloudwatch-source.js';
export { createGoogleCloudSource } from './google-cloud/google-cloud-source.js';
export { createGraphiteSource } from './graphite/graphite-source.js';
export { createInfluxDbSource } from './influxdb/influxdb-source.js';
