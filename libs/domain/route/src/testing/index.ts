export * from './a-mesh.js';
export * from './arbitrary-request.js';
export * from './arbitrary-virtual-service.js';
export * from './js-regex.js';
export * from './outcome.js';
