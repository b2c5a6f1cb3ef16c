import { kinds } from './act/acts.js';
import { liveThrough, type Report } from './live-through.js';
import { cutNight, drawNight, type Cut, type NightPlan } from './night-plan.js';
import { shrink } from './shrink.js';
import { replayCommand, taleOf } from './tale.js';
import { Tally } from './tally.js';
import type { Bug } from './planted/bug.js';
import { bugs, findAll, findSoon } from './planted/find.js';
import { tableOf } from './planted/table.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** As tools/simulate.mjs gives it. */
interface Wanted extends Omit<Cut, 'only'> {
  readonly events: number;
  readonly seed?: number;
  readonly from: number;
  readonly only?: string;
  readonly often?: string;
  readonly mutations?: boolean;
  readonly bug?: string;
}

const wanted = JSON.parse(process.argv[2] ?? '') as Wanted;

if (wanted.mutations === true) process.exit(await plantAll());
process.exit(await (wanted.seed === undefined ? liveThroughMany() : liveThroughOne(wanted.seed)));

/** Every planted bug, and whether a night finds it. */
async function plantAll(): Promise<number> {
  const names = namesIn(
    'bug',
    bugs.map(({ name }) => name),
  );
  const chosen = bugs.filter(({ name }) => names === undefined || names.includes(name));
  if (chosen.length === 1) return plantOne(chosen[0] as Bug);
  const found = await findAll(chosen, ({ bug, seed, promise }) =>
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

/** One night, told. */
async function liveThroughOne(seed: number): Promise<number> {
  const report = await liveThrough(nightOf(seed), { isTold: true });
  say(taleOf(report));
  return report.broken === undefined ? 0 : 1;
}

/** The night of that seed, as it was asked for. */
function nightOf(seed: number): NightPlan {
  const often = namesIn('often', kinds) ?? [];
  const { clusters, workers, services, only } = wanted;
  const numbers = only === 'none' ? [] : only?.split(',').map(Number);
  return cutNight(drawNight(seed, often), {
    ...(clusters !== undefined && { clusters }),
    ...(workers !== undefined && { workers }),
    ...(services !== undefined && { services }),
    ...(numbers !== undefined && { only: numbers }),
  });
}

/** What was asked for by name. A name that nothing has would find nothing, and say that all is well. */
function namesIn<Name extends string>(
  option: 'often' | 'bug',
  known: readonly Name[],
): readonly Name[] | undefined {
  const asked = wanted[option]?.split(',');
  const unknown = asked?.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) {
    say(`--${option} takes ${known.join(', ')}; not "${unknown}".`);
    process.exit(2);
  }
  return asked && known.filter((name) => asked.includes(name));
}

async function liveThroughMany(): Promise<number> {
  const tally = new Tally();
  let shownAt = Date.now();
  for (let seed = wanted.from; tally.events < wanted.events; seed += 1) {
    const report = await liveThrough(nightOf(seed));
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
