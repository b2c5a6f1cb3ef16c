export { aHookCall } from '@spillway/application/testing';
export { aComparison, aLook } from './a-look.js';
export { InMemoryUseCases } from './in-memory-use-cases.js';
export { overWorkshop } from './over-workshop.js';
