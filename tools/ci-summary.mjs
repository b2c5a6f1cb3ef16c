/**
 * The last words of .ci/run: every Jest result and the outcome of every stage, as one line.
 * A suite counts by its tests. A stage without tests of its own counts as one test; a stage with
 * tests adds a failure only when it failed although none of its tests did.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { add, nothing, readCounts, summary, total } from './jest-results.mjs';
import { inRoot, say } from './workspace.mjs';

const suitesOf = { 'npm-test': ['unit', 'medium'], testbed: ['testbed'] };
const folder = inRoot('.cache', 'results', 'stages');
const preparation = 'system-packages';
const stages = (existsSync(folder) ? readdirSync(folder) : []).filter(
  (name) => name !== preparation,
);

let sum = nothing;
for (const stage of stages) {
  const code = Number(readFileSync(inRoot('.cache', 'results', 'stages', stage), 'utf8'));
  const counts = countsOf(stage, code);
  say(`  ${stage.padEnd(16)} ${summary(counts)}`);
  sum = add(sum, counts);
}
for (const stage of Object.keys(suitesOf).filter((name) => !stages.includes(name))) {
  say(`  ${stage.padEnd(16)} did not run`);
  sum = add(sum, { ...nothing, failed: 1 });
}
say('(a stage without tests counts as one)');
say(summary(sum));
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);

function countsOf(stage, code) {
  const suites = suitesOf[stage];
  if (suites === undefined) return { ...nothing, [code === 0 ? 'passed' : 'failed']: 1 };
  const counts = suites.map(readSuite).reduce(add);
  return code !== 0 && counts.failed === 0 ? add(counts, { ...nothing, failed: 1 }) : counts;
}

/** A suite that ran no test proves nothing, so it is a failure. */
function readSuite(suite) {
  const counts = readCounts(suite);
  return total(counts) === 0 ? { ...nothing, failed: 1 } : counts;
}
