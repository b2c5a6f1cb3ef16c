export { Fresh } from './metrics/fresh.js';
export { createMetrics, type Exposition, type Metrics } from './metrics/metrics.js';
export { openTracing } from './trace/open-tracing.js';
export type { Tracing } from './trace/tracing.js';
export type { TracingSettings } from './trace/tracing-settings.js';
