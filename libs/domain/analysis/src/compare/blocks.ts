import type { Duration } from '@spillway/kernel';

/**
 * Looks as blocks: `least` of them together at first, later a tenth of the time so far; those of a
 * block that is not complete wait for it. Where blocks end is fixed beforehand by their number alone,
 * so the e-value of blocks is as valid as that of looks. An hour of looks costs what five minutes do,
 * and harm is found a tenth of its time later at the most. `after` so many looks, where a block ended,
 * come the blocks that follow it.
 */
export function inBlocks<Look>(
  looks: readonly Look[],
  least: number,
  after = 0,
): readonly (readonly Look[])[] {
  const blocks: (readonly Look[])[] = [];
  let from = after;
  for (;;) {
    const to = from + Math.max(least, Math.floor(from / 10));
    if (to > looks.length) return blocks;
    blocks.push(looks.slice(from, to));
    from = to;
  }
}

/**
 * Pods are scraped one after another, so a burst of trouble reaches the counts of one version a scrape
 * before the other's. In a block of several scrapes that is a small part.
 */
const scrapes = 4;

export const leastBlock = (interval: Duration, resolution: Duration): number =>
  Math.max(1, Math.ceil((scrapes * resolution) / interval));
