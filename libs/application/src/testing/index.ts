export * from './contract/index.js';
export * from './fake/index.js';
