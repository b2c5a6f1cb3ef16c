/**
 * `npm run chaos [-- --releases 200 --kills 1000 --seed 20261122 --minutes 13]`: releases on real
 * servers while those, and everything of ours, are killed at random. Writes the figures into
 * docs/reliability.md; fails when anything was written, lost or repeated that should not be.
 */
import { bundle } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { optionsOf } from './options.mjs';
import { runModule } from './run.mjs';
import { requireTestbed } from './testbed-needs.mjs';
import { inRoot } from './workspace.mjs';

const numbers = optionsOf('npm run chaos', {
  releases: ['count', 'releases that run meanwhile', 200],
  kills: ['count', 'signals in all', 1_000],
  seed: ['count', 'of the dice', 20_261_122],
  minutes: ['count', 'for the signals, at the most', 13],
});
const page = inRoot('docs', 'reliability.md');

await requireTestbed();
await installIfNeeded();
await bundle();
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
