export * from './counted-requests.js';
export * from './loopback-prometheus.js';
export * from './loopback-vendor.js';
export * from './questions.js';
