export * from './judge.js';
export * from './measurement.js';
export * from './metric-spec.js';
export * from './verdict.js';
