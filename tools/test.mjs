/**
 * `npm test [-- jest arguments]`: unit, then medium tests. `--only <suite>` runs one suite.
 * `--update` writes the golden texts of stories anew; read what changed before you commit it.
 * Results are left in .cache/results/<suite>.json; the last line sums them.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundle } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { add, nothing, readCounts, resultsFile, summary, total } from './jest-results.mjs';
import { runModule } from './run.mjs';
import { requireTestbed } from './testbed-needs.mjs';
import { say, seconds, stop } from './workspace.mjs';

const configs = {
  unit: 'jest.config.mjs',
  medium: 'jest.medium.config.mjs',
  testbed: 'jest.testbed.config.mjs',
};

const isUpdate = process.argv.includes('--update');
const { suites, jestArgs } = parse(process.argv.slice(2).filter((arg) => arg !== '--update'));
if (suites.includes('testbed')) await requireTestbed();
await installIfNeeded();
// The testbed starts the control plane as processes of its own, as the image does.
if (suites.includes('testbed')) await bundle();

// A test that failed in the midst of its work may leave that work running: --forceExit below ends it.
let counts = nothing;
let exitCode = 0;
for (const suite of suites) {
  const ran = await runSuite(suite);
  counts = add(counts, ran.counts);
  exitCode ||= ran.code;
}
if (total(counts) === 0) stop('No test ran: nothing matches these arguments.');
say(`\n${summary(counts)}`);
process.exit(exitCode);

function parse(args) {
  const at = args.indexOf('--only');
  if (at === -1) return { suites: ['unit', 'medium'], jestArgs: args };
  const suite = args[at + 1];
  if (!(suite in configs)) stop(`--only takes ${Object.keys(configs).join(', ')}; got "${suite}".`);
  return { suites: [suite], jestArgs: args.toSpliced(at, 2) };
}

async function runSuite(suite) {
  say(`\n— ${suite} tests —`);
  const started = Date.now();
  const file = resultsFile(suite);
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  const { code } = await runModule(
    'jest/bin/jest.js',
    [
      '-c',
      configs[suite],
      '--forceExit',
      '--json',
      '--outputFile',
      file,
      ...leniency(),
      ...jestArgs,
    ],
    {
      env: {
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
        ...(isUpdate ? { UPDATE_STORIES: '1' } : {}),
      },
    },
  );
  const ran = readCounts(suite);
  say(`${suite}: ${summary(ran)} in ${seconds(started)}`);
  return { counts: ran, code: code || (ran.failed > 0 ? 1 : 0) };
}

/** A chosen file is usually in one suite only. Without a choice an empty suite is a broken run. */
function leniency() {
  return jestArgs.length > 0 ? ['--passWithNoTests'] : [];
}
