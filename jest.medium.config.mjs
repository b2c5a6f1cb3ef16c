import { base } from './jest.base.mjs';

/** Medium tests: a real Postgres on loopback, booted once for the run. */
export default {
  ...base,
  displayName: 'medium',
  testMatch: ['<rootDir>/{apps,libs,sdk,test}/**/*.medium.test.ts'],
  globalSetup: '<rootDir>/libs/testing/src/postgres/jest-global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/postgres/jest-global-teardown.ts',
  testTimeout: 30_000,
};
