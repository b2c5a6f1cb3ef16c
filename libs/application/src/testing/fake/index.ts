export * from './a-caller.js';
export * from './in-memory-job-queue.js';
export * from './in-memory-release-feed.js';
export * from './in-memory-unit-of-work.js';
export * from './scripted-fleet.js';
export * from './scripted-notifier.js';
export * from './scripted-outgoing.js';
export * from './virtual-clock.js';
