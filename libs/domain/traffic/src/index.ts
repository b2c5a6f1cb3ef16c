export * from './exposure.js';
export * from './request-match.js';
export * from './text-match.js';
