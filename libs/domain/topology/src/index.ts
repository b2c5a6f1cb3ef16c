export * from './cluster.js';
export * from './portion.js';
export * from './tolerance.js';
export * from './waves.js';
