export * from './measurement-document.js';
export * from './pushed-view.js';
export * from './to-push-measurements.js';
