import { expect, it } from '@jest/globals';
import { bareCells, guardedCells } from './detection.js';
import { broken, pageOf, type Figures } from './page.js';

const figures: Figures = {
  machine: 'a machine',
  seed: 1,
  releases: 1_000,
  simulations: 1,
  seconds: 60,
  tally: { 'weight average 0.01': 4 },
  bare: bareCells.map(({ published }) => [published.median]),
  guarded: guardedCells.map(() => [null]),
  cpu: 100,
};

it('the page says how often, with the interval, and what was never found', () => {
  const page = pageOf(figures);
  expect(page).toContain('| α by weight, average over clusters | 0.40 % (0.16–1.02) |');
  expect(page).toContain('| gauge +1 deviations | not found | not found | 0 % |');
});

it('names a promise that the figures break', () => {
  expect(broken(figures)).toEqual([]);
  expect(broken({ ...figures, tally: { 'weight average 0.01': 11 } })).toEqual([
    'weight average 0.01: more healthy releases were rolled back than asked for',
  ]);
  expect(broken({ ...figures, bare: bareCells.map(() => [500]) })).toEqual([
    '×2 at 10 % takes more than 430 s',
    '×5 at 10 % takes more than 45 s',
  ]);
});
