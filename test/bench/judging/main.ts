import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { Crew } from './crew.js';
import { figuresBy } from './figures.js';
import { broken, pageOf } from './page.js';

const { values } = parseArgs({
  options: {
    releases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    page: { type: 'string' },
  },
});
const [releases, seed] = [Number(values.releases), Number(values.seed)];
if (!(Number.isInteger(releases) && releases > 0 && Number.isInteger(seed))) {
  throw new Error('--releases is a count above 0, --seed a whole number');
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const started = performance.now();
const secondsSince = (): number => (performance.now() - started) / 1_000;
const workers = availableParallelism();

let told = 0;
function progress(done: number, all: number): void {
  const share = Math.floor((20 * done) / all);
  if (share <= told) return;
  told = share;
  say(`${5 * share} % after ${Math.round(secondsSince())} s`);
}

const simulations = Math.min(1_000, releases);
say(`${releases} healthy releases, seed ${seed}, ${workers} workers`);
const crew = new Crew(workers, seed);
const wanted = { releases, simulations, seed };
const found = await Promise.race([figuresBy(crew, wanted, progress), crew.broken]);
await crew.dismiss();

const figures = {
  ...found,
  ...wanted,
  seconds: secondsSince(),
  machine: `${workers} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.version}`,
};
const page = pageOf(figures);
say(`\n${page}`);
if (values.page !== undefined) writeFileSync(values.page, page);
broken(figures).forEach((one) => say(`BROKEN: ${one}`));
process.exitCode = broken(figures).length === 0 ? 0 : 1;
