import { liveThrough } from '../live-through.js';
import { drawNight } from '../night-plan.js';
import type { Bug } from './bug.js';
import { decisionBugs } from './decision-bugs.js';
import { memoryBugs } from './memory-bugs.js';
import { writeBugs } from './write-bugs.js';

export const bugs: readonly Bug[] = [...writeBugs, ...memoryBugs, ...decisionBugs];

/** How a planted bug was found; without a seed it was not. */
export interface Found {
  readonly bug: Bug;
  readonly seed?: number;
  readonly promise?: string;
  readonly nights: number;
  readonly events: number;
  readonly seconds: number;
}

/** As many nights as CI lives through anyway. */
const most = 40;

/** Lives through nights with the bug, from the first on, until one breaks a promise. */
export async function find(bug: Bug, nights = most): Promise<Found> {
  const began = Date.now();
  let events = 0;
  for (let seed = 1; seed <= nights; seed += 1) {
    const report = await liveThrough(drawNight(seed, bug.often), { plant: bug.plant });
    events += report.events;
    if (report.broken === undefined) continue;
    const { promise } = report.broken;
    return { bug, seed, promise, nights: seed, events, seconds: since(began) };
  }
  return { bug, nights, events, seconds: since(began) };
}

export async function findAll(
  wanted: readonly Bug[],
  onFound: (found: Found) => void,
): Promise<readonly Found[]> {
  const all: Found[] = [];
  for (const bug of wanted) {
    const found = await find(bug);
    onFound(found);
    all.push(found);
  }
  return all;
}

const since = (began: number): number => (Date.now() - began) / 1_000;
