/**
 * `npm run package --workspace @spillway/sdk [-- FOLDER]`: writes what is published, as ES modules and as CommonJS, each
 * with the types that its kind of import sees. `npm pack` in that folder makes the tarball.
 *
 * Two folders with a package.json each, because a `.d.ts` is of the kind of the package.json above
 * it: with one folder, CommonJS callers would be given types that say "import me as a module".
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const sdk = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(sdk);
const out = resolve(process.argv[2] ?? join(sdk, 'dist', 'package'));

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const writeJson = (file, value) => writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);

function run(program, args) {
  const file = join(root, 'node_modules', '.bin', program);
  const { status } = spawnSync(file, args, { cwd: sdk, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * The CommonJS build brings the fetch client along: as the source is of an ES module, its default
 * import would be taken for the whole of what `require` gives, which it is not.
 */
function bundle(format, file, ...external) {
  const terms = ['--bundle', '--platform=neutral', '--target=es2022', '--sourcemap', ...external];
  const quiet = ['--log-level=warning', `--format=${format}`, `--outfile=${join(out, file)}`];
  run('esbuild', ['src/index.ts', ...terms, ...quiet]);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'cjs'), { recursive: true });
bundle('esm', 'esm/index.js', '--external:openapi-fetch');
bundle('cjs', 'cjs/index.js');
run(
  'tsc',
  '-p tsconfig.json --composite false --incremental false --emitDeclarationOnly --sourceMap false --outDir'
    .split(' ')
    .concat(join(out, 'esm')),
);
cpSync(join(out, 'esm'), join(out, 'cjs'), {
  recursive: true,
  filter: (file) => !/\.js(\.map)?$/.test(file),
});
writeJson(join(out, 'cjs', 'package.json'), { type: 'commonjs' });
cpSync(join(sdk, 'README.md'), join(out, 'README.md'));

const { name, version, description, keywords } = readJson(join(sdk, 'package.json'));
const { engines, license, dependencies } = readJson(join(root, 'package.json'));
const doorOf = (folder) => ({ types: `./${folder}/index.d.ts`, default: `./${folder}/index.js` });
writeJson(join(out, 'package.json'), {
  name,
  version,
  description,
  keywords,
  license,
  type: 'module',
  sideEffects: false,
  engines,
  main: './cjs/index.js',
  types: './cjs/index.d.ts',
  exports: {
    '.': { import: doorOf('esm'), require: doorOf('cjs') },
    './package.json': './package.json',
  },
  dependencies: { 'openapi-fetch': `^${dependencies['openapi-fetch']}` },
});
