/**
 * `npm run generate` writes the files below from the code. With --check it fails when writing
 * them changed anything: then somebody changed the code and did not generate. It compares before
 * and after instead of asking git, so it does not matter whether the files are committed yet.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installIfNeeded } from './install.mjs';
import { run, runModule } from './run.mjs';
import { inRoot, say, stop } from './workspace.mjs';

const generated = [
  'sdk/openapi.json',
  'sdk/src/generated',
  'libs/interface/graphql/schema.graphql',
];
const interfaces = ['libs/interface/rest', 'libs/interface/graphql'];
const steps = ['generate:openapi', 'generate:sdk', 'generate:graphql'];

await installIfNeeded();
const before = fingerprints();
await compileInterfaces();
for (const step of steps) {
  const { code } = await run('npm', ['run', '--silent', step]);
  if (code !== 0) stop(`"npm run ${step}" failed.`, code);
}
const after = fingerprints();
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (file) => before.get(file) !== after.get(file),
);
changed.forEach((file) => say(`changed: ${file}`));
if (process.argv.includes('--check') && changed.length > 0) {
  stop('Generated files were out of date. They are written anew now: commit them.');
}
say(`${after.size} generated files are up to date.`);

/** Not the whole workspace: what is built on the generated files may not compile until they are. */
async function compileInterfaces() {
  const { code } = await runModule('typescript/bin/tsc', ['-b', ...interfaces, '--pretty']);
  if (code !== 0) stop('The interfaces do not compile; the compiler says where above.', code);
}

function fingerprints() {
  const files = generated.flatMap(filesBelow);
  return new Map(files.map((file) => [file, hash(file)]));
}

function filesBelow(path) {
  if (!existsSync(inRoot(path))) return [];
  if (statSync(inRoot(path)).isFile()) return [path];
  return readdirSync(inRoot(path)).flatMap((name) => filesBelow(join(path, name)));
}

function hash(file) {
  return createHash('sha256')
    .update(readFileSync(inRoot(file)))
    .digest('hex');
}
