/**
 * `npm run simulate [-- --events 1000000]`: nights of faults until that many events happened; stops at
 * the first broken promise, makes its night short and tells it. `--seed 7` lives through that night
 * alone and tells it; `--mutations` plants bugs and looks for them. See docs/guides/simulation.md.
 */
import { installIfNeeded } from './install.mjs';
import { run } from './run.mjs';
import { inRoot } from './workspace.mjs';

const bundle = inRoot('.cache', 'simulation', 'main.mjs');

await installIfNeeded();
const bundled = await run(process.execPath, [inRoot('test', 'simulation', 'bundle.mjs'), bundle]);
if (bundled.code !== 0) process.exit(bundled.code);
const { code } = await run(process.execPath, [
  '--enable-source-maps',
  bundle,
  ...process.argv.slice(2),
]);
process.exit(code);
