/**
 * `npm run keep:build -- VERSION [COMMIT]`: keeps the control plane of a released version, HEAD
 * unless said otherwise, so that the tests of upgrades can run it beside today's without a tag,
 * a registry or a network. Its own code only: npm packages are those of the checkout that runs it.
 */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { run } from './run.mjs';
import { inRoot, say, stop } from './workspace.mjs';

const [version, commit = 'HEAD'] = process.argv.slice(2);
if (version === undefined) stop('Say which version it is: npm run keep:build -- 0.1.0 [COMMIT]');

const kept = inRoot('test', 'upgrade', 'previous');
const sha = (await git('rev-parse', '--verify', `${commit}^{commit}`)).trim();
const folder = mkdtempSync(join(tmpdir(), 'spillway-keep-'));
const source = join(folder, 'source');
try {
  await git('worktree', 'add', '--detach', '--force', source, sha);
  const packages = workspacePackages();
  linkPackages(packages);
  const code = await bundle(packages);
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'control-plane.mjs.br'), compressed(code));
  writeFileSync(join(kept, 'schema.sql'), read('migrations/schema.snapshot.sql'));
  const about = { version, commit: sha, migrations: migrations() };
  writeFileSync(join(kept, 'build.json'), `${JSON.stringify(about, undefined, 2)}\n`);
  const kilobytes = Math.round(compressed(code).length / 1_000);
  say(`Kept ${version} (${sha.slice(0, 8)}): ${kilobytes} kB in test/upgrade/previous.`);
} finally {
  await git('worktree', 'remove', '--force', source).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}

async function git(...args) {
  const { code, output } = await run('git', args, { quiet: true });
  if (code !== 0) throw new Error(`git ${args.join(' ')}: ${output}`);
  return output;
}

function read(path) {
  return readFileSync(join(source, path), 'utf8');
}

function manifest(path) {
  return { path, ...JSON.parse(read(join(path, 'package.json'))) };
}

function workspacePackages() {
  return manifest('.').workspaces.flatMap((pattern) =>
    pattern.endsWith('/*') ? below(pattern.slice(0, -2)).map(manifest) : [manifest(pattern)],
  );
}

/** To their sources of that commit. */
function linkPackages(packages) {
  const scope = join(source, 'node_modules', '@spillway');
  mkdirSync(scope, { recursive: true });
  for (const { name, path } of packages)
    symlinkSync(join(source, path), join(scope, basename(name)));
}

function below(path) {
  return readdirSync(join(source, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
}

async function bundle(packages) {
  const file = join(folder, 'control-plane.mjs');
  const needed = [manifest('.'), ...packages].flatMap(({ dependencies = {} }) =>
    Object.keys(dependencies),
  );
  const externals = new Set(needed.filter((name) => !name.startsWith('@spillway/')));
  const { code, output } = await run(
    inRoot('node_modules', '.bin', 'esbuild'),
    [
      'apps/control-plane/src/main.ts',
      '--bundle',
      '--platform=node',
      '--target=node20',
      '--format=esm',
      '--conditions=@spillway/source',
      '--minify-whitespace',
      '--minify-syntax',
      // A migration is known by the name of its class.
      '--keep-names',
      '--log-level=warning',
      ...[...externals].map((name) => `--external:${name}`),
      `--outfile=${file}`,
    ],
    { cwd: source, quiet: true },
  );
  if (code !== 0) throw new Error(output);
  return readFileSync(file, 'utf8');
}

function compressed(text) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  return brotliCompressSync(text, { params });
}

/** Their names, in their order: the class that each file is named after. */
function migrations() {
  const list =
    /const migrations:.* = \[([^\]]*)\]/.exec(read('migrations/src/index.ts'))?.[1] ?? '';
  return list.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
}
