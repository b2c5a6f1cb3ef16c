/**
 * `npm run simulate [-- --events 1000000]`: nights of faults until that many events happened; stops at
 * the first broken promise, makes its night short and tells it. `--seed 7` lives through that night
 * alone and tells it; `--mutations` plants bugs and looks for them. See docs/guides/simulation.md.
 */
import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import { installIfNeeded } from './install.mjs';
import { run } from './run.mjs';
import { inRoot } from './workspace.mjs';

const bundle = inRoot('.cache', 'simulation', 'main.mjs');

await installIfNeeded();
mkdirSync(inRoot('.cache', 'simulation'), { recursive: true });
await build({
  entryPoints: [inRoot('test', 'simulation', 'main.ts')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
  conditions: ['@spillway/source', 'node'],
  // What is linked into the bundle is the workspace alone; contract suites come with the fakes and are never called.
  plugins: [withoutJest(), packagesOutside()],
  logLevel: 'warning',
});
const { code } = await run(process.execPath, [
  '--enable-source-maps',
  bundle,
  ...process.argv.slice(2),
]);
process.exit(code);

function withoutJest() {
  return {
    name: 'without-jest',
    setup(bundler) {
      bundler.onResolve({ filter: /^@jest\/globals$/ }, () => ({
        path: 'jest',
        namespace: 'none',
      }));
      bundler.onLoad({ filter: /./, namespace: 'none' }, () => ({
        contents:
          'const none = undefined; export { none as describe, none as it, none as expect, none as beforeEach, none as afterEach };',
      }));
    },
  };
}

function packagesOutside() {
  return {
    name: 'packages-outside',
    setup(bundler) {
      bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === 'entry-point' || path.startsWith('@spillway/') || path.startsWith('/')
          ? undefined
          : { path, external: true },
      );
    },
  };
}
