export * from './kubernetes/index.js';
export * from './simulated/index.js';
