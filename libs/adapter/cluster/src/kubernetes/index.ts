export * from './egress/index.js';
export * from './kubernetes-connector.js';
export { requiredAccess, type Access } from './required-access.js';
