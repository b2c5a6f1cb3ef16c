export * from './simulated-egress.js';
export * from './simulated-egress-link.js';
