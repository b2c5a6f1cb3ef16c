export * from './a-live-object.js';
export * from './a-traffic.js';
