export * from './egress-document.js';
export * from './egress-report-view.js';
export * from './egress-view.js';
export * from './to-egress-policy.js';
