export * from './freeze-window-document.js';
export * from './freeze-window-view.js';
export * from './to-freeze-window.js';
