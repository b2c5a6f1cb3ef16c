export * from './delivery-view.js';
export * from './either-direction.js';
