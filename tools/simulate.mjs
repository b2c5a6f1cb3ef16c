/**
 * `npm run simulate [-- --events 1000000]`: nights of faults until that many events happened; stops at
 * the first broken promise, makes its night short and tells it. `--seed 7` lives through that night
 * alone and tells it; `--mutations` plants bugs and looks for them. See docs/guides/simulation.md.
 */
import { installIfNeeded } from './install.mjs';
import { optionsOf } from './options.mjs';
import { run } from './run.mjs';
import { inRoot } from './workspace.mjs';

const wanted = optionsOf('npm run simulate', {
  events: ['count', 'events to live through, night after night', 100_000],
  seed: ['count', 'one night alone, told'],
  from: ['count', 'the night to begin with', 1],
  clusters: ['count', 'clusters in each night, in place of what is drawn'],
  workers: ['count', 'workers in each night, in place of what is drawn'],
  services: ['count', 'services in each night, in place of what is drawn'],
  only: ['text', 'numbers of the things that happen, as "2,5", or "none"'],
  often: ['text', 'kinds of things that happen more often, as "start,freeze"'],
  mutations: ['yes', 'plants bugs, and looks for each'],
  bug: ['text', 'of those only these, by name; one alone is told'],
});
const bundle = inRoot('.cache', 'simulation', 'main.mjs');

await installIfNeeded();
const bundled = await run(process.execPath, [inRoot('test', 'simulation', 'bundle.mjs'), bundle]);
if (bundled.code !== 0) process.exit(bundled.code);
const { code } = await run(process.execPath, [
  '--enable-source-maps',
  bundle,
  JSON.stringify(wanted),
]);
process.exit(code);
