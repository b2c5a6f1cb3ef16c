export * from './received-delivery-view.js';
export * from './rule-document.js';
export * from './rule-test.js';
export * from './rule-view.js';
export * from './webhook-document.js';
