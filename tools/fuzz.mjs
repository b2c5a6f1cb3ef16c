/**
 * `npm run fuzz:rest [-- --seconds 150 --seed 1]`: asks a real process over a real Postgres all that
 * its OpenAPI document allows, and much that it does not. Fails on any answer that breaks the document.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bundle } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { run, runModule } from './run.mjs';
import { inRoot, stop } from './workspace.mjs';

const fuzz = inRoot('test', 'fuzz', 'rest');
const requirements = inRoot('test', 'fuzz', 'rest', 'requirements.txt');
const home = inRoot('.cache', 'fuzz');
const stamp = inRoot('.cache', 'fuzz', 'installed.txt');
const python = inRoot('.cache', 'fuzz', 'venv', 'bin', 'python');

const { seconds, seed, further } = parse(process.argv.slice(2));

await installIfNeeded();
await bundle();
const compiled = await runModule('typescript/bin/tsc', ['-b', fuzz, '--pretty']);
if (compiled.code !== 0) stop('The fuzz does not compile.', compiled.code);
await installSchemathesis();
const main = inRoot('test', 'fuzz', 'rest', 'dist', 'fuzz', 'rest', 'main.js');
const schemathesis = inRoot('.cache', 'fuzz', 'venv', 'bin', 'schemathesis');
const { code } = await run(process.execPath, [main, schemathesis, seconds, seed, ...further], {
  cwd: home,
});
process.exit(code);

function parse(args) {
  const given = { seconds: '150', seed: '1' };
  const rest = [...args];
  for (const name of Object.keys(given)) {
    const at = rest.indexOf(`--${name}`);
    if (at !== -1) [, given[name]] = rest.splice(at, 2);
  }
  return { ...given, further: rest };
}

/** Into a virtual environment of its own, exactly the versions of requirements.txt. */
async function installSchemathesis() {
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(home, { recursive: true });
  const steps = [
    ['python3', ['-m', 'venv', '--clear', inRoot('.cache', 'fuzz', 'venv')]],
    [
      python,
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '-r',
        requirements,
      ],
    ],
  ];
  for (const [program, args] of steps) {
    const step = await run(program, args);
    if (step.code !== 0) {
      stop(
        'Schemathesis could not be installed: it needs Python 3.10 or newer with venv and pip, and a\n' +
          'package index. On Debian: apt-get install python3-venv python3-pip.',
        step.code,
      );
    }
  }
  writeFileSync(stamp, wanted);
}
