export * from './an-egress.js';
