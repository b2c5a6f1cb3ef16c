export { dueHooks, nextCall, type DueHook } from './due-hooks.js';
export { polledHooks } from './hook-harm.js';
export * from './hook-payload.js';
export { isOpen, slotOf } from './hook-slot.js';
export * from './hook.js';
