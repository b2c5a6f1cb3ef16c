export * from './channels.js';
export * from './mail-server.js';
