export * from './counted-requests.js';
export * from './loopback-prometheus.js';
export * from './questions.js';
