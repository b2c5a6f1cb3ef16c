export * from './webhook-module.js';
