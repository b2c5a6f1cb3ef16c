export * from './backend-client.js';
export * from './dialect.js';
export * from './retry-after.js';
export * from './secrets.js';
export * from './source-answer.js';
