export { changeClusters } from './change-clusters.js';
export * from './change-strategy.js';
export * from './obey.js';
export * from './order.js';
export { isOnTheWay } from './passing-over.js';
export * from './possibility.js';
export { notPossible } from './refusals.js';
export * from './supersede.js';
