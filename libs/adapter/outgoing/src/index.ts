export { GuardedCalls, type GuardedCallsOptions } from './guarded-calls.js';
export { guardedConnect } from './guarded-connect.js';
export { guardedDial, type Dial } from './guarded-dial.js';
export { readPolicy, type OutgoingPolicy } from './policy.js';
