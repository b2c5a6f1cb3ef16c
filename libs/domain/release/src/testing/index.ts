export * from './a-hook.js';
export * from './a-plan.js';
export * from './a-release-event.js';
export * from './a-release.js';
export * from './a-strategy.js';
export { History } from './history.js';
