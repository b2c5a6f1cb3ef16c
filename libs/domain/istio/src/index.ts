export * from './istio-object.js';
export * from './live-routing.js';
export * from './traffic.js';
