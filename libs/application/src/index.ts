export * from './port/index.js';
export * from './use-case/use-cases.js';
