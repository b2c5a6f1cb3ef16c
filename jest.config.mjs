import { base } from './jest.base.mjs';

/** Unit tests: pure, in memory, no process and no socket outside the test. */
export default {
  ...base,
  displayName: 'unit',
  testMatch: ['<rootDir>/{apps,libs,sdk,test}/**/*.test.ts'],
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    '\\.medium\\.test\\.ts$',
    '<rootDir>/test/(testbed|journey/portal)/',
  ],
};
