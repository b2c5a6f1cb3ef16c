export * from './a-notice.js';
