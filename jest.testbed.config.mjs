import { base } from './jest.base.mjs';

/** Testbed: real API servers, real Prometheus, real Postgres, real worker processes, a real browser. */
export default {
  ...base,
  displayName: 'testbed',
  testMatch: ['<rootDir>/test/{testbed,journey/portal}/**/*.test.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
