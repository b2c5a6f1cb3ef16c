/**
 * `node apps/cli/packaging/bundle.mjs [FILE]`: the whole CLI as one file that needs nothing but Node. Copy it into
 * the image of a CI runner, or anywhere on the PATH.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = dirname(dirname(fileURLToPath(import.meta.url)));
const root = resolve(cli, '..', '..');
const file = resolve(process.argv[2] ?? join(cli, 'dist', 'bundle', 'spillway'));

const { status } = spawnSync(
  join(root, 'node_modules', '.bin', 'esbuild'),
  [
    'src/main.ts',
    '--bundle',
    '--minify-syntax',
    '--platform=node',
    '--target=node20',
    '--format=esm',
    '--conditions=@spillway/source',
    '--log-level=warning',
    `--outfile=${file}.mjs`,
  ],
  { cwd: cli, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (status !== 0) process.exit(status ?? 1);

// Some of what is bundled asks for built-ins of Node by require, which ES modules do not have.
const head = [
  '#!/usr/bin/env node',
  "import { createRequire as requireOfNode } from 'node:module';",
  'const require = requireOfNode(import.meta.url);',
];
writeFileSync(`${file}.mjs`, `${head.join('\n')}\n${readFileSync(`${file}.mjs`, 'utf8')}`);
chmodSync(`${file}.mjs`, 0o755);
