import { liveThrough } from '../live-through.js';
import { drawNight } from '../night-plan.js';
import type { Bug } from './bug.js';
import { decisionBugs } from './decision-bugs.js';
import { fleetBugs } from './fleet-bugs.js';
import { knownNights } from './known-nights.js';
import { memoryBugs } from './memory-bugs.js';
import { writeBugs } from './write-bugs.js';

export const bugs: readonly Bug[] = [...writeBugs, ...memoryBugs, ...decisionBugs, ...fleetBugs];

/** How a planted bug was found; without a seed it was not. */
export interface Found {
  readonly bug: Bug;
  readonly seed?: number;
  readonly promise?: string;
  readonly nights: number;
  readonly events: number;
  readonly seconds: number;
}

/** What happens least is in one night of a hundred. */
const most = 200;

const all = Array.from({ length: most }, (_, i) => i + 1);

/** Lives through nights with the bug until one breaks a promise: from the first on, or in another order. */
export async function find(bug: Bug, seeds: readonly number[] = all): Promise<Found> {
  const began = Date.now();
  let events = 0;
  for (const [before, seed] of seeds.entries()) {
    const report = await liveThrough(drawNight(seed, bug.often), { plant: bug.plant });
    events += report.events;
    if (report.broken === undefined) continue;
    const { promise } = report.broken;
    return { bug, seed, promise, nights: before + 1, events, seconds: since(began) };
  }
  return { bug, nights: seeds.length, events, seconds: since(began) };
}

/** The same, beginning with a short night that is known to find it. Should it do so no more, the others are there. */
export const findSoon = (bug: Bug): Promise<Found> =>
  find(bug, [...(knownNights[bug.name] ?? []), ...all]);

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
