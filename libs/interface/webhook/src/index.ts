export * from './protocol.js';
export * from './webhook-module.js';
