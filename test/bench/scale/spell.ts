import { setTimeout as sleep } from 'node:timers/promises';
import type { Asked } from './database.js';
import type { Lateness } from './job-log.js';
import { cpuMs, residentBytes } from './process-figures.js';
import type { Stage } from './stage.js';

/** What everybody did in a while. */
export interface Spell {
  readonly seconds: number;
  readonly lateness: readonly Lateness[];
  /** Of a release in one cluster: its two metrics were measured and judged, and it was decided on. */
  readonly looks: number;
  readonly statements: readonly Asked[];
  /** Milliseconds of processor time. */
  readonly cpu: {
    /** With the writer beside them, where there is one. */
    readonly workers: number;
    readonly api: number;
    readonly database: number;
    readonly world: number;
  };
  readonly workerBytes: number;
  readonly calls: { readonly reads: number; readonly writes: number };
}

const metricsOfLook = 2;

const cpuOf = ({ workers, writers, api, database, world }: Stage): Spell['cpu'] => ({
  workers: [...workers, ...writers].reduce((sum, { pid }) => sum + cpuMs(pid), 0),
  api: cpuMs(api.pid),
  database: database.cpuMs(),
  world: cpuMs(world.pid),
});

/** Watches everybody for so long. */
export async function spellOf(stage: Stage, seconds: number): Promise<Spell> {
  const { database, jobs, world, workers } = stage;
  await jobs.forget();
  const callsBefore = await world.asked();
  await database.forgetAsked();
  const before = cpuOf(stage);
  const began = performance.now();
  await sleep(seconds * 1_000);
  const after = cpuOf(stage);
  const took = (performance.now() - began) / 1_000;
  const [statements, lateness, measurements, callsAfter] = await Promise.all([
    database.asked(),
    jobs.since(),
    jobs.measurements(),
    world.asked(),
  ]);
  return {
    seconds: took,
    lateness,
    looks: measurements / metricsOfLook,
    statements,
    cpu: {
      workers: after.workers - before.workers,
      api: after.api - before.api,
      database: after.database - before.database,
      world: after.world - before.world,
    },
    workerBytes: Math.max(...workers.map(({ pid }) => residentBytes(pid))),
    calls: {
      reads: callsAfter.reads - callsBefore.reads,
      writes: callsAfter.writes - callsBefore.writes,
    },
  };
}

export const statementsIn = ({ statements }: Spell): number =>
  statements.reduce((sum, { calls }) => sum + calls, 0);

/** Milliseconds of processor time that workers and the database take for a look. */
export const costOfLook = ({ cpu, looks }: Spell): number => (cpu.workers + cpu.database) / looks;

/** The jobs that a step waits for: to be measured, and to be decided on. */
const ofSteps = new Set(['measure', 'reconcile']);

/** How late 99 of 100 steps are: the later of being measured and being decided on. */
export const stepP99 = ({ lateness }: Spell): number =>
  Math.max(0, ...lateness.filter(({ kind }) => ofSteps.has(kind)).map(({ p99Ms }) => p99Ms));

/** One line for whoever waits. */
export function spellText(spell: Spell): string {
  const { seconds, cpu, looks } = spell;
  const cores = (value: number): string => (value / seconds / 1_000).toFixed(2);
  const late = spell.lateness
    .map(
      ({ kind, jobs, p50Ms, p99Ms }) => `${kind} ${jobs}: ${p50Ms.toFixed(0)}/${p99Ms.toFixed(0)}`,
    )
    .join(', ');
  return (
    `${(looks / seconds).toFixed(1)} looks/s; p50/p99 ms late: ${late}; cores: workers ${cores(cpu.workers)}, ` +
    `Postgres ${cores(cpu.database)}, API ${cores(cpu.api)}, world ${cores(cpu.world)}; for a look ` +
    `${(statementsIn(spell) / looks).toFixed(1)} statements, ${costOfLook(spell).toFixed(1)} ms; ` +
    `worker ${Math.round(spell.workerBytes / 1_048_576)} MB`
  );
}

/** What was asked most often, for each look. */
export const askedText = ({ statements, looks }: Spell): string =>
  statements
    .slice(0, 30)
    .map(({ text, calls, totalMs }) => {
      const each = (totalMs / calls).toFixed(2).padStart(7);
      return `    ${(calls / looks).toFixed(2).padStart(6)} × ${each} ms  ${text.replaceAll(/\s+/g, ' ').slice(0, 110)}`;
    })
    .join('\n');
