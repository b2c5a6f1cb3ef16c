import { duration, type Duration, type ReleaseId } from '@spillway/kernel';

/** So few are looked at before anybody has waited. */
const atOnce = 20;

/** What workers that are busy need for a look at one more release. */
const forEach = 10;

/** Answers of a metrics backend are shared for somewhat longer than this. */
const longest = 10_000;

/**
 * How long after the end of its windows a release is measured. Windows of all releases end at the
 * same moments, so that a backend is asked once for all of them; were they all measured in that
 * moment too, the last would be late by all the others, every time, and a step that is due then with
 * it. So each has its turn, always the same, as far from the end as there are many.
 */
export function turnOf(release: ReleaseId, running: number, interval: Duration): Duration {
  const needed = Math.max(0, running - atOnce) * forEach;
  return duration(Math.floor(shareOf(release) * Math.min(needed, interval, longest)));
}

/** Spreads ids evenly over [0, 1): FNV-1a. */
function shareOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < id.length; n += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(n), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}
