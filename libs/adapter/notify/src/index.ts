export { createNotifier } from './create-notifier.js';
export type { NotifierOptions } from './notifier-options.js';
