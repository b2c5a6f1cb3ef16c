import { parseArgs } from 'node:util';
import { kinds, type ActKind } from './act/acts.js';
import { liveThrough, type Report } from './live-through.js';
import { cutNight, drawNight, type Cut } from './night-plan.js';
import { shrink } from './shrink.js';
import { replayCommand, taleOf } from './tale.js';
import { Tally } from './tally.js';
import type { Bug } from './planted/bug.js';
import { bugs, findAll, findSoon } from './planted/find.js';
import { tableOf } from './planted/table.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    events: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    clusters: { type: 'string' },
    workers: { type: 'string' },
    services: { type: 'string' },
    only: { type: 'string' },
    often: { type: 'string' },
    mutations: { type: 'boolean', default: false },
    bug: { type: 'string' },
  },
});

if (values.mutations) process.exit(await plantAll());
process.exit(await (values.seed === undefined ? liveThroughMany() : liveThroughOne()));

/** Every planted bug, and whether a night finds it. */
async function plantAll(): Promise<number> {
  const names = values.bug?.split(',');
  const wanted = bugs.filter(({ name }) => names === undefined || names.includes(name));
  if (wanted.length === 1) return plantOne(wanted[0] as Bug);
  const found = await findAll(wanted, ({ bug, seed, promise }) =>
    say(seed === undefined ? `${bug.name}: NOT FOUND` : `${bug.name}: night ${seed}: ${promise}`),
  );
  say(`\n${tableOf(found)}`);
  return found.every(({ seed }) => seed !== undefined) ? 0 : 1;
}

/** One of them, and the short story of how it is found. */
async function plantOne(bug: Bug): Promise<number> {
  const { seed } = await findSoon(bug);
  if (seed === undefined) return 1;
  const { plant } = bug;
  const report = await liveThrough(drawNight(seed, bug.often), { plant });
  const { report: short } = await shrink(report, { plant });
  say(taleOf(short));
  return 0;
}

/** One night, told. With `--events` the nights from there on. */
async function liveThroughOne(): Promise<number> {
  const seed = Number(values.seed);
  const plan = cutNight(drawNight(seed, often()), cut());
  const report = await liveThrough(plan, { isTold: true });
  say(taleOf(report));
  return report.broken === undefined ? 0 : 1;
}

function often(): readonly ActKind[] {
  return kinds.filter((kind) => values.often?.split(',').includes(kind));
}

function cut(): Cut {
  const { clusters, workers, services, only } = values;
  const numbers = only === 'none' ? [] : only?.split(',').map(Number);
  return {
    ...(clusters && { clusters: Number(clusters) }),
    ...(workers && { workers: Number(workers) }),
    ...(services && { services: Number(services) }),
    ...(numbers && { only: numbers }),
  };
}

async function liveThroughMany(): Promise<number> {
  const wanted = Number(values.events ?? 100_000);
  const tally = new Tally();
  let shownAt = Date.now();
  for (let seed = Number(values.from); tally.events < wanted; seed += 1) {
    const report = await liveThrough(drawNight(seed, often()));
    tally.add(report);
    if (report.broken !== undefined) return tell(report);
    if (Date.now() - shownAt < 5_000) continue;
    shownAt = Date.now();
    say(tally.progress());
  }
  say(`\n${tally.summary()}`);
  return 0;
}

async function tell(report: Report): Promise<number> {
  say(`Night ${report.plan.seed} breaks a promise: ${report.broken?.promise}`);
  say(`The whole of it: ${replayCommand(report.plan)}\nMaking it short…`);
  const { report: short, tries } = await shrink(report);
  say(`\n${taleOf(short)}\n(${tries} shorter nights were tried)`);
  return 1;
}
