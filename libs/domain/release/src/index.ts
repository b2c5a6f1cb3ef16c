export * from './event.js';
export * from './hold.js';
export * from './observation.js';
export * from './phase.js';
export * from './plan.js';
export * from './release.js';
export * from './strategy.js';
