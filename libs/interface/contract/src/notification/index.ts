export * from './channel-document.js';
export * from './notification-document.js';
export * from './notification-requests.js';
export * from './notification-view.js';
export * from './outgoing-delivery-view.js';
export * from './to-notification.js';
