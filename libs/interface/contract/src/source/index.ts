export * from './source-document.js';
export * from './source-view.js';
export * from './to-new-source.js';
