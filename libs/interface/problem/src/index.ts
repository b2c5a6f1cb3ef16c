export * from './problem-table.js';
export * from './problem.js';
export * from './refused.js';
