export * from './cluster-harness.js';
export * from './cluster-link-contract.js';
export * from './mesh-objects.js';
export { theirs } from './patch-contract.js';
export * from './egress-link-contract.js';
