export * from './secret-document.js';
export * from './secret-view.js';
