/** `node bundle.mjs FILE`: the simulation as one file, which runs faster than through Jest. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

await build({
  entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
  outfile: process.argv[2],
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
