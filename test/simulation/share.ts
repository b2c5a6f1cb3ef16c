import { liveThrough } from './live-through.js';
import { drawNight } from './night-plan.js';
import { shrink } from './shrink.js';
import { taleOf } from './tale.js';
import { Tally } from './tally.js';

/** Every second night from this one on, until so many events happened. Throws the story of one that breaks a promise. */
export async function everySecondNight(first: number, events: number): Promise<Tally> {
  const tally = new Tally();
  for (let seed = first; tally.events < events; seed += 2) {
    const report = await liveThrough(drawNight(seed));
    if (report.broken !== undefined) throw new Error(taleOf((await shrink(report)).report));
    tally.add(report);
  }
  return tally;
}
