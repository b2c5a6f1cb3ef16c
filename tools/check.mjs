/**
 * `npm run check`: every gate, in order of cost. `node tools/check.mjs lint types` runs some.
 *
 * A gate is an Nx target of the root package (package.json, "nx"). Nx remembers the result for
 * the same inputs, so a second run costs next to nothing; a failure is never remembered.
 */
import { installIfNeeded } from './install.mjs';
import { runModule } from './run.mjs';
import { say, seconds, stop } from './workspace.mjs';

const gates = {
  format: 'npm run format:fix',
  types: 'npm run types, and mend the first error first',
  lint: 'npm run lint:fix, then mend by hand what is left',
  boundaries: 'npm run boundaries; docs/architecture.md says who may import whom',
  generated: 'npm run generate, and commit what it changed',
  openapi: 'npm run diff:openapi; keep what clients rely on, or declare why it cannot be kept',
  unit: 'npm run test:unit -- <file of the failing test>',
  medium: 'npm run test:medium -- <file of the failing test>',
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in gates));
if (unknown.length > 0) {
  stop(`No gate is called ${unknown.join(', ')}. Gates: ${Object.keys(gates).join(', ')}.`);
}

await installIfNeeded();
const started = Date.now();
const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(gates)) {
  if (!(await passes(name))) failed.push(name);
}
if (failed.length > 0) stop(`Failed: ${failed.join(', ')} (${seconds(started)} in all).`);
if (asked.length !== 1) say(`All gates passed in ${seconds(started)}.`);

async function passes(name) {
  const began = Date.now();
  const { code, output } = await runModule(
    'nx/dist/bin/nx.js',
    ['run', `spillway:${name}`, '--outputStyle=static'],
    { quiet: true, env: { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' } },
  );
  const memory = /local cache|existing outputs match/.test(output)
    ? ', unchanged since it passed'
    : '';
  if (code === 0) {
    say(`  ok    ${name.padEnd(11)} ${seconds(began)}${memory}`);
    return true;
  }
  say(withoutNxFooter(output));
  say(`  FAIL  ${name.padEnd(11)} ${seconds(began)}\n        mend it with: ${gates[name]}`);
  return false;
}

/** Nx adds its own summary below what the gate said. */
function withoutNxFooter(output) {
  const [said] = output.split(/\n\s+NX\s+Running target/);
  return said.trimEnd();
}
