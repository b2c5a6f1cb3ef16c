export * from './kubernetes-egress-connector.js';
