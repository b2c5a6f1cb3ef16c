export * from './approval-view.js';
export * from './approval-waiting-view.js';
export * from './gate-payload.js';
export * from './judge-document.js';
export * from './service-gate.js';
