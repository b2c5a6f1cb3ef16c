import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** Native ESM, sources of the workspace instead of their builds. @swc/jest ignores .swcrc once it has any option, so the whole of it is passed. */
export const base = {
  rootDir: import.meta.dirname,
  // Jest leaves one core free, which on two cores means one worker: tests wait for sockets more than they compute.
  maxWorkers: '100%',
  // Modules of ES stay in memory after their test (a leak of the VM that Jest builds on): a worker
  // that has grown is replaced, long before it reaches the limit of its heap.
  workerIdleMemoryLimit: '1536MB',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['@spillway/source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false, module: { type: 'es6' } }] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.cache/'],
};
