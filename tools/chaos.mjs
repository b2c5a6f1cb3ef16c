/**
 * `npm run chaos [-- --releases 200 --kills 1000 --seed 20261122 --minutes 13]`: releases on real
 * servers while those, and everything of ours, are killed at random. Writes the figures into
 * docs/reliability.md; fails when anything was written, lost or repeated that should not be.
 */
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { runModule } from './run.mjs';
import { requireTestbed } from './testbed-needs.mjs';
import { inRoot } from './workspace.mjs';

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '200' },
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '20261122' },
    minutes: { type: 'string', default: '13' },
  },
});
const page = inRoot('docs', 'reliability.md');
const numbers = Object.fromEntries(
  Object.entries(values).map(([name, text]) => [name, Number(text)]),
);

await requireTestbed();
await installIfNeeded();
await build();
const test = 'test/testbed/chaos/chaos.test.ts';
const { code } = await runModule(
  'jest/bin/jest.js',
  ['-c', 'jest.testbed.config.mjs', '--forceExit', test],
  {
    env: {
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      CHAOS: JSON.stringify({ ...numbers, page }),
    },
  },
);
await runModule('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page]);
process.exit(code);
