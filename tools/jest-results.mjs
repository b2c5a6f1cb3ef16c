import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from './workspace.mjs';

export const resultsFile = (suite) => inRoot('.cache', 'results', `${suite}.json`);

export const nothing = { passed: 0, failed: 0, skipped: 0 };

/**
 * Counts from Jest's own JSON. A file that could not even be loaded holds no failed test, so it
 * is counted as one; a run that left no file is one failure too.
 */
export function readCounts(suite) {
  if (!existsSync(resultsFile(suite))) return { ...nothing, failed: 1 };
  const result = JSON.parse(readFileSync(resultsFile(suite), 'utf8'));
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

export const total = ({ passed, failed, skipped }) => passed + failed + skipped;

export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
