export { callerOf, type Answer } from './caller.js';
export { startRestApp, tokens, type RestApp, type RestAppOptions } from './rest-app.js';
export { StreamReader } from './stream-reader.js';
