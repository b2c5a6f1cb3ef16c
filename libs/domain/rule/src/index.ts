export * from './choose-rule.js';
export * from './image.js';
export * from './refuse-rule.js';
export * from './rule.js';
export * from './trigger.js';
