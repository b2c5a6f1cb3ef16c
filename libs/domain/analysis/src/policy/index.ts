export * from './analysis-policy.js';
export { afterStep, startWeight, unshown, type Steps } from './over-steps.js';
export * from './weigh-evidence.js';
