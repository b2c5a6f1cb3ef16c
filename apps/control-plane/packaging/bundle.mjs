/**
 * `node apps/control-plane/packaging/bundle.mjs`: what the compiler wrote and the packages it uses, as a few files in
 * `dist/bundle`. Node takes longer to find and link 3,700 files than the control plane takes for all else before it is
 * ready (ADR 37). Not from the sources: Nest reads the types of constructors, which only the compiler writes down.
 */
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = resolve(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const outdir = resolve(dist, 'bundle');

rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: [resolve(dist, 'main.js')],
  outdir,
  bundle: true,
  // What only some roles need is loaded by those alone.
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // What reads configurations could read one in TypeScript. Ours has none, and the compiler is 10 MB.
  external: ['typescript'],
  // A migration is known by the name of its class.
  keepNames: true,
  // Some of what is bundled asks for built-ins of Node by require, which ES modules do not have.
  banner: {
    js: "import { createRequire as requireOfNode } from 'node:module'; const require = requireOfNode(import.meta.url);",
  },
  plugins: [absentOutside(), besideOriginal()],
  logLevel: 'warning',
});

/** Nest asks for packages that it uses where they are there. Those that are not are missed when it runs, as without a bundle. */
function absentOutside() {
  return {
    name: 'absent-outside',
    setup(bundler) {
      bundler.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...asked }) => {
        if (asked.kind !== 'dynamic-import' || pluginData === absentOutside) return undefined;
        const found = await bundler.resolve(path, { ...asked, pluginData: absentOutside });
        return found.errors.length > 0 ? { path, external: true } : found;
      });
    },
  };
}

/** Our files that read others find them by their own place, which is not that of the bundle. */
function besideOriginal() {
  return {
    name: 'beside-original',
    setup(bundler) {
      bundler.onLoad(
        { filter: /[/](apps|libs|migrations)[/].*[/]dist[/].*[.]js$/ },
        async ({ path }) => {
          const source = await readFile(path, 'utf8');
          if (path.includes('node_modules') || !source.includes('import.meta.url'))
            return undefined;
          const place = `new URL(${JSON.stringify(relative(outdir, path))}, import.meta.url).href`;
          return { contents: source.replaceAll('import.meta.url', place), loader: 'js' };
        },
      );
    },
  };
}
