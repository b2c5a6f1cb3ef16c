export * from './a-live-object.js';
export * from './a-traffic.js';
export * from './adopted-life.js';
export * from './people.js';
