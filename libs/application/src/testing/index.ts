export * from './a-hook-call.js';
export * from './contract/index.js';
export * from './fake/index.js';
