/**
 * `npm run bench [-- --only name] [-- --short]`: what Spillway bears, and what it costs. Writes
 * docs/performance.md, of which those parts stay that did not run; fails when a goal is missed. `--workers 2` runs more
 * workers, `--profiles folder` leaves profiles of them there, for tools/own-time.mjs.
 */
import { build } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { run, runModule } from './run.mjs';
import { inRoot, stop } from './workspace.mjs';

const page = inRoot('docs', 'performance.md');

await installIfNeeded();
await build();
const bench = inRoot('test', 'bench', 'scale');
const compiled = await runModule('typescript/bin/tsc', ['-b', bench, '--pretty']);
if (compiled.code !== 0) stop('The bench does not compile.', compiled.code);
const main = inRoot('test', 'bench', 'scale', 'dist', 'bench', 'scale', 'main.js');
const { code } = await run(process.execPath, [main, '--page', page, ...process.argv.slice(2)]);
await runModule('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page]);
process.exit(code);
