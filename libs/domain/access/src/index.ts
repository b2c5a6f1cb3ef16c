export * from './grant.js';
export * from './role.js';
