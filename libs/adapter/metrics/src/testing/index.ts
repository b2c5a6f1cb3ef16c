export * from './counted-requests.js';
export * from './loopback-prometheus.js';
