export * from './judge.js';
export * from './measurement.js';
export * from './metric-spec.js';
export * from './schedule.js';
export * from './split-fit.js';
export * from './threshold-judge.js';
export * from './validate.js';
export * from './verdict.js';
