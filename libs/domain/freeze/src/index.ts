export * from './freeze-window.js';
export * from './in-force.js';
export * from './refuse-window.js';
export { isTimeZone } from './wall-clock.js';
