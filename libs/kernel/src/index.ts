export * from './absurd.js';
export * from './basis-points.js';
export * from './coded-error.js';
export * from './error-code.js';
export * from './instant.js';
export * from './names.js';
export * from './refusal.js';
export * from './result.js';
