import { afterEach, describe, expect, it } from '@jest/globals';
import { toolsAround, type ToolsCopy } from './tools-copy.js';

interface Counts {
  readonly passed?: number;
  readonly failed?: number;
  readonly skipped?: number;
  readonly unloadable?: number;
}

const results = '.cache/results';
const jest = ({ passed = 0, failed = 0, skipped = 0, unloadable = 0 }: Counts): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: unloadable,
  });

const allPassed = {
  [`${results}/unit.json`]: jest({ passed: 10 }),
  [`${results}/medium.json`]: jest({ passed: 5, skipped: 1 }),
  [`${results}/testbed.json`]: jest({ passed: 2 }),
  [`${results}/stages/npm-test`]: '0',
  [`${results}/stages/testbed`]: '0',
  [`${results}/stages/lint`]: '0',
};

const open: ToolsCopy[] = [];
afterEach(() => open.splice(0).forEach((copy) => copy.remove()));

async function closingLine(files: Readonly<Record<string, string>>): Promise<[string, number]> {
  const copy = toolsAround(files);
  open.push(copy);
  const { code, output } = await copy.run('ci-summary.mjs');
  return [output.trimEnd().split('\n').at(-1) ?? '', code];
}

describe('the closing line of .ci/run', () => {
  it('sums the tests of all suites and counts a gate as one', async () => {
    expect(await closingLine(allPassed)).toEqual(['18 passed, 0 failed, 1 skipped', 0]);
  });

  it('counts a test file that cannot be loaded as a failure', async () => {
    const files = { ...allPassed, [`${results}/unit.json`]: jest({ passed: 9, unloadable: 1 }) };
    expect(await closingLine(files)).toEqual(['17 passed, 1 failed, 1 skipped', 1]);
  });

  it('counts a suite that ran no test as a failure', async () => {
    const files = { ...allPassed, [`${results}/testbed.json`]: jest({}) };
    expect(await closingLine(files)).toEqual(['16 passed, 1 failed, 1 skipped', 1]);
  });

  it('counts a failed gate, and a runner that failed although no test of it did', async () => {
    const files = {
      ...allPassed,
      [`${results}/stages/lint`]: '1',
      [`${results}/stages/testbed`]: '124',
    };
    expect(await closingLine(files)).toEqual(['17 passed, 2 failed, 1 skipped', 1]);
  });

  it('fails when a suite never ran', async () => {
    expect(await closingLine({ [`${results}/stages/lint`]: '0' })).toEqual([
      '1 passed, 2 failed, 0 skipped',
      1,
    ]);
  });
});
