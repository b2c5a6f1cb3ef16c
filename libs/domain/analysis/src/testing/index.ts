export * from './a-metric-case.js';
