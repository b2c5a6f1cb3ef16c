import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Row } from './figure.js';
import { missed, pageOf, sectionOf, sectionsOf, type Measured } from './page.js';
import { active } from './row/active.js';
import { calls } from './row/calls.js';
import { coldStart } from './row/cold-start.js';
import { history } from './row/history.js';
import { idle } from './row/idle.js';
import { longSteps } from './row/long-steps.js';
import { lostClusters } from './row/lost-clusters.js';
import { memory } from './row/memory.js';
import { tenClusters } from './row/ten-clusters.js';

const rows: readonly Row[] = [
  calls,
  active,
  tenClusters,
  longSteps,
  lostClusters,
  idle,
  memory,
  history,
  coldStart,
];

/** As tools/bench-scale.mjs gives it. */
interface Wanted {
  readonly only?: readonly string[];
  readonly short?: boolean;
  readonly workers: number;
  readonly ramp?: readonly number[];
  readonly profiles?: string;
  readonly page: string;
}

const wanted = JSON.parse(process.argv[2] ?? '') as Wanted;
const { only, short: isShort = false, workers, ramp, profiles, page } = wanted;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const names = rows.map(({ name }) => name);
const unknown = only?.find((name) => !names.includes(name));
if (unknown !== undefined) {
  say(`--only takes ${names.join(', ')}; not "${unknown}".`);
  process.exit(2);
}
const chosen = rows.filter(({ name }) => only === undefined || only.includes(name));

const extent = {
  isShort,
  workers,
  ...(ramp === undefined ? {} : { ramp }),
  ...(profiles === undefined ? {} : { profiles }),
};
/** For a moment some may run side by side; figures want the machine for themselves. */
const sideBySide = isShort ? 3 : 1;
const measured = new Map<Row, Measured>();
const left = chosen.values();
await Promise.all(
  Array.from({ length: sideBySide }, async () => {
    for (const row of left) measured.set(row, await measure(row));
  }),
);
const results = chosen.flatMap((row) => measured.get(row) ?? []);

const gigabytes = Math.round(totalmem() / 2 ** 30);
const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${gigabytes} GB, Node ${process.version}`;
const sections = new Map(results.map((one) => [one.title, sectionOf(one, new Date())]));
for (const section of sections.values()) say(`\n${section}`);
// A smoke run has no figures, and of others than the usual run nobody could repeat them.
const isUsual = ramp === undefined && profiles === undefined && workers === 1;
if (!isShort && isUsual) writePage(page);
for (const { measure, value, goal } of missed(results))
  say(`MISSED: ${measure}: ${value}, goal ${goal}`);
// Goals are for the whole extent; a short run says only that the bench still works.
process.exit(isShort || missed(results).length === 0 ? 0 : 1);

/** What did not run stays as it was measured. */
function writePage(path: string): void {
  const before = sectionsOf(existsSync(path) ? readFileSync(path, 'utf8') : '', machine);
  const all = rows.flatMap(({ title }) => sections.get(title) ?? before.get(title) ?? []);
  writeFileSync(path, pageOf({ sections: all, machine }));
}

async function measure(row: Row): Promise<Measured> {
  say(`\n${row.title}`);
  const began = performance.now();
  const figures = await row.run(extent, say);
  const { name, title } = row;
  return { name, title, figures, seconds: (performance.now() - began) / 1_000 };
}
