export * from './backend-client.js';
export * from './dialect.js';
export * from './retry-after.js';
export * from './secrets.js';
export * from './shape.js';
export * from './source-answer.js';
export * from './source-deps.js';
export * from './json-source.js';
