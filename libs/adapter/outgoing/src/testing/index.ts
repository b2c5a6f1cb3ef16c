export * from './loopback-endpoints.js';
