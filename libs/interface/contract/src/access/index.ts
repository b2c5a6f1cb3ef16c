export * from './audit-view.js';
export * from './grant-document.js';
export * from './identity-view.js';
export * from './login-view.js';
export * from './member-document.js';
export * from './token-document.js';
export * from './token-view.js';
