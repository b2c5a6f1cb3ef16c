export * from './analysis-policy.js';
export { afterStep, type Steps } from './over-steps.js';
export * from './weigh-evidence.js';
