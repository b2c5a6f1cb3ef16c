export { createNumberSource } from './create-number-source.js';
export type { SourceDeps } from './backend-call/index.js';
export * from './no-egress-metrics.js';
export * from './no-metrics-source.js';
export type { PrometheusConnection } from './prometheus/prometheus-client.js';
export * from './prometheus/prometheus-source.js';
export { createPrometheusEgress } from './prometheus/prometheus-egress.js';
