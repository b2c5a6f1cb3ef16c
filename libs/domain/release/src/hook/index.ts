export { dueHooks, nextCall, type DueHook } from './due-hooks.js';
export { mayBeAsked } from './hook-harm.js';
export * from './hook-payload.js';
export { answerOf, isOpen, slotOf } from './hook-slot.js';
export * from './hook.js';
