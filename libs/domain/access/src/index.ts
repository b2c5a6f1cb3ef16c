export * from './claims.js';
export * from './grant.js';
export * from './role.js';
