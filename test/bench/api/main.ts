import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@spillway/testing/postgres';
import {
  callerOf,
  end,
  freePort,
  startSpillway,
  type Spillway,
} from '../../process/start-spillway.js';
import { endpoints, type Endpoint } from './endpoints.js';
import { load, type Served } from './load.js';
import { broken, pageOf, type Compared } from './page.js';
import { p99OfSteady } from './steady-load.js';
import { seed } from './seed.js';
import { watchFigures } from './watch-figures.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '7' },
    watchers: { type: 'string', default: '1000' },
    page: { type: 'string' },
  },
});
const [seconds, rounds, watchers] = [values.seconds, values.rounds, values.watchers].map(Number);

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const started = performance.now();
const median = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

const postgres = await startPostgres();
const spillway = await startSpillway({
  databaseUrl: postgres.url,
  role: 'api',
  env: { SPILLWAY_RATE_LIMIT: '1000000000' },
});
const call = callerOf(spillway);
const release = await seed(call);
const wanted = endpoints(release);
const bare = await startBare(wanted);

const compared: Compared[] = [];
for (const endpoint of wanted) compared.push(await compare(endpoint));
await end(bare.child);
await spillway.stop();
// A new one: what the other holds from its readings would hide what watchers take.
const watched = await startSpillway({ databaseUrl: postgres.url, role: 'api' });
const watch = await watchFigures(
  watched,
  release,
  { watchers: watchers ?? 1_000, events: 20 },
  commandsOf(watched),
);
await watched.stop();
await postgres.stop();

const figures = {
  compared,
  watch,
  seconds: (performance.now() - started) / 1_000,
  machine: `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.version}`,
};
const page = pageOf(figures);
say(`\n${page}`);
if (values.page !== undefined) writeFileSync(values.page, page);
broken(figures).forEach((one) => say(`BROKEN: ${one}`));
process.exit(broken(figures).length === 0 ? 0 : 1);

async function startBare(readings: readonly Endpoint[]) {
  const port = await freePort();
  const program = fileURLToPath(new URL('bare/main.js', import.meta.url));
  const options = { databaseUrl: postgres.url, port, endpoints: readings };
  const child: ChildProcess = fork(program, [JSON.stringify(options)], { execArgv: [] });
  await once(child, 'message');
  return { child, pid: child.pid ?? 0, url: `http://127.0.0.1:${port}` };
}

/** In turns, so that whatever else the machine does hits both. */
async function compare({ name, path }: Endpoint): Promise<Compared> {
  const connections = 16;
  const rounded: { readonly here: Served; readonly there: Served }[] = [];
  const url = (server: Pick<Spillway, 'url'>) => `${server.url}/api/v1${path}`;
  const wanted = { token: spillway.token, seconds: seconds ?? 3, connections };
  const ask = (server: Pick<Spillway, 'url' | 'pid'>) =>
    load({ ...wanted, url: url(server), pid: server.pid });
  for (let round = -1; round < (rounds ?? 3); round += 1) {
    const [here, there] = [await ask(spillway), await ask(bare)];
    // The first one warms up.
    if (round >= 0) rounded.push({ here, there });
  }
  const perSecond = median(rounded.map(({ here }) => here.perSecond));
  const barePerSecond = median(rounded.map(({ there }) => there.perSecond));
  // Of neighbours: what else the machine does comes and goes within a round.
  const ratio = median(rounded.map(({ here, there }) => here.perSecond / there.perSecond));
  const cpuMs = median(rounded.map(({ here }) => here.cpuMs));
  const bareCpuMs = median(rounded.map(({ there }) => there.cpuMs));
  const waits = [];
  for (let round = 0; round < 5; round += 1) {
    waits.push(await p99OfSteady({ ...wanted, url: url(spillway), rate: perSecond / 2 }));
  }
  const p99Ms = median(waits);
  say(
    `${name}: ${perSecond.toFixed(0)} of ${barePerSecond.toFixed(0)} (${ratio.toFixed(2)}), p99 ${p99Ms.toFixed(0)} ms, CPU ${cpuMs.toFixed(2)} and ${bareCpuMs.toFixed(2)} ms`,
  );
  return { name, perSecond, barePerSecond, ratio, cpuMs, bareCpuMs, p99Ms };
}

/** Changes the strategy of a release that has not begun, to and fro; each makes one event. */
function commandsOf(server: Spillway): (index: number) => Promise<number> {
  const tell = callerOf(server);
  const path = `/releases/${release}/change-strategy`;
  return async (index) => {
    const strategy = index % 2 === 0 ? 'other' : 'canary';
    const { revision } = (await tell('POST', path, { strategy })) as { revision: number };
    return revision;
  };
}
