export * from './approvals.js';
export * from './gate.js';
export * from './gates-of-plan.js';
export * from './judge-approval.js';
