import { describe, expect, it } from '@jest/globals';
import { bareCells, bareDetection, guardedCells, guardedDetection } from './detection.js';
import { judgeHealthyRelease, keyOf, plus, policies, type Tally } from './false-rollbacks.js';
import type { PeerName } from './peers.js';
import { promised } from './page.js';
import { quantile, sorted } from './rates.js';

/** The claims of docs/judging-figures.md in short form; the seed is fixed, so these cannot flake. */
const seed = 1;
const releases = 200;
const each = Array.from({ length: releases }, (_, i) => i);

const steps = [0.1, 0.5].map((weight) => ({ weight, looks: 10 }));

const tallyOf = (count: number, beside: readonly PeerName[]): Tally =>
  each
    .slice(0, count)
    .map((release) => judgeHealthyRelease(seed, release, { steps, clusters: 2, beside }))
    .reduce(plus, {});

describe('healthy releases of two steps in two clusters', () => {
  it('are rolled back no more often than asked for, by any policy', () => {
    const tally = tallyOf(releases, []);
    const excess = policies.filter(
      (policy) => (tally[keyOf(policy)] ?? 0) / releases > policy.alpha,
    );
    expect(excess).toEqual([]);
    expect(tally[keyOf({ alpha: 0.1, metrics: 'weight', clusters: 'average' })]).toBeGreaterThan(0);
  });

  it('are rolled back by judges that look again without paying for it', () => {
    const { exact = 0, kayenta = 0 } = tallyOf(10, ['exact', 'kayenta']);
    expect(Math.min(exact, kayenta)).toBeGreaterThan(3);
  });
});

describe('harm', () => {
  it.each(promised)('of ×$ratio errors at weight $weight is found within $atMost s', (promise) => {
    const cell = bareCells.find(
      ({ weight, ratio }) => weight === promise.weight && ratio === promise.ratio,
    );
    if (cell === undefined) throw new Error('not in the table');
    const found = sorted(
      each.map((release) => bareDetection(seed, release, { ...cell, looks: 50 })),
    );
    expect(quantile(found, 0.5)).toBeLessThanOrEqual(promise.atMost);
  });

  it('of a tail is found though the median is the same', () => {
    const cell = guardedCells.find(({ harm, steps }) => harm.tail === 4 && steps.length > 1);
    if (cell === undefined) throw new Error('not in the table');
    const short = { ...cell, steps: [{ weight: 0.05, looks: 12 }] };
    const found = sorted([0, 1, 2].map((release) => guardedDetection(seed, release, short)));
    expect(quantile(found, 0.5)).toBeLessThanOrEqual(60);
  });
});
