import { abortsOf, type AbortTime } from './aborts.js';
import type { Seen } from './seen.js';

export interface ChaosFigures {
  readonly seed: number;
  readonly kills: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly strikes: ReadonlyMap<string, number>;
  readonly ends: ReadonlyMap<string, number>;
  readonly accepted: number;
  readonly events: number;
  readonly versions: number;
  /** From an accepted abort to the read-back in a cluster, in milliseconds, while something could be done. */
  readonly aborts: readonly AbortTime[];
  /** From the end of the storm to the end of the last release. */
  readonly calmMs: number;
}

const counted = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names.toSorted()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

export function figuresOf(seen: Seen): ChaosFigures {
  const { seed, kills, minutes, storm, told, rows, versions, beganAt } = seen;
  const lastEnd = Math.max(...rows.map(({ event }) => Number(event.at)));
  return {
    seed,
    kills,
    minutes,
    seconds: Math.round((Math.max(lastEnd, storm.endedAt) - beganAt) / 1_000),
    strikes: counted(storm.outages.map(({ kind, fault }) => `${kind} ${fault}`)),
    ends: counted(told.map(({ phase }) => phase)),
    accepted: told.reduce((sum, { accepted }) => sum + accepted.length, 0),
    events: rows.length,
    versions: versions.filter(({ plural }) => plural === 'virtualservices').length,
    aborts: abortsOf(seen),
    calmMs: Math.max(0, lastEnd - storm.endedAt),
  };
}
