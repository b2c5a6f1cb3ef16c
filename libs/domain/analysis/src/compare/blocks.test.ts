import { expect, it } from '@jest/globals';
import { duration } from '@spillway/kernel';
import { inBlocks, leastBlock } from './blocks.js';

const sizes = (count: number, least = 1) =>
  inBlocks(
    Array.from({ length: count }, (_, i) => i),
    least,
  ).map((block) => block.length);
const ones = Array.from({ length: 20 }, () => 1);

it('takes single looks at first, later a tenth of those before together', () => {
  expect(sizes(20)).toEqual(ones);
  expect(sizes(24)).toEqual([...ones, 2, 2]);
});

it('waits for the looks that a block lacks, and ends blocks where they ended before', () => {
  expect(sizes(25)).toEqual(sizes(24));
  for (let count = 0; count < 120; count += 1) {
    const before = sizes(count, 3);
    expect(sizes(count + 1, 3).slice(0, before.length)).toEqual(before);
  }
});

it('keeps the order of looks and loses none but the last', () => {
  const looks = Array.from({ length: 100 }, (_, i) => i);
  const kept = inBlocks(looks, 4).flat();
  expect(kept).toEqual(looks.slice(0, kept.length));
  expect(kept.length).toBeGreaterThan(88);
});

it.each([
  [10, 0, 1],
  [10, 15, 6],
  [30, 15, 2],
  [300, 15, 1],
])('of looks each %i s with a scrape each %i s takes %i', (interval, resolution, least) => {
  expect(leastBlock(duration(interval * 1_000), duration(resolution * 1_000))).toBe(least);
});
