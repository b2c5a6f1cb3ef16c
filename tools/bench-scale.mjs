/**
 * `npm run bench [-- --only name] [-- --short]`: what Spillway bears, and what it costs. Writes
 * docs/performance.md, of which those parts stay that did not run; fails when a goal is missed. `--workers 2` runs more
 * workers, `--profiles folder` leaves profiles of them there, for tools/own-time.mjs.
 */
import { bundle } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { optionsOf } from './options.mjs';
import { run, runModule } from './run.mjs';
import { inRoot, stop } from './workspace.mjs';

const wanted = optionsOf('npm run bench', {
  only: ['texts', 'a part of it, by its name; may be given several times'],
  short: ['yes', 'a moment of each part, without figures'],
  workers: ['count', 'workers beside each other', 1],
  ramp: ['counts', 'releases held at once, step by step, in place of the usual steps'],
  profiles: ['text', 'a folder for profiles of the workers, for tools/own-time.mjs'],
});
const page = inRoot('docs', 'performance.md');

await installIfNeeded();
await bundle();
const bench = inRoot('test', 'bench', 'scale');
const compiled = await runModule('typescript/bin/tsc', ['-b', bench, '--pretty']);
if (compiled.code !== 0) stop('The bench does not compile.', compiled.code);
const main = inRoot('test', 'bench', 'scale', 'dist', 'bench', 'scale', 'main.js');
const { code } = await run(process.execPath, [main, JSON.stringify({ ...wanted, page })]);
await runModule('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page]);
process.exit(code);
