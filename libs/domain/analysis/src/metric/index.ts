export * from './describe-query.js';
export * from './metric-spec.js';
export * from './query-template.js';
export * from './refuse-metric.js';
export * from './schedule.js';
