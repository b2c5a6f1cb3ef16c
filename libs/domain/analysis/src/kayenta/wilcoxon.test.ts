import { describe, expect, it } from '@jest/globals';
import { ascending } from '../rank/rank-sum.js';
import { kayentaVector } from '../testing/kayenta-classifier-vectors.js';
import { kayentaInterval, wilcoxonDifference } from './wilcoxon.js';

it('agrees with R on four against four', () => {
  const { L, U, HL } = kayentaInterval([10, 20, 30, 40], [1, 2, 3, 4], 0.95) ?? {};
  expect([L, U, HL]).toEqual([6, 39, 22.5].map((value) => expect.closeTo(value, 3)));
});

describe('on 210 against 210 values, most of them 0', () => {
  const { candidate, stable } = kayentaVector(
    'Classifier Test: High Metric (Large Input)',
  ).measurements;
  const [x, y] = [ascending(candidate), ascending(stable)];
  const [muMin, muMax] = [(x[0] ?? 0) - (y.at(-1) ?? 0), (x.at(-1) ?? 0) - (y[0] ?? 0)];
  const z = 1.9599639845400536;

  it('brackets the shift between the extreme differences', () => {
    expect([muMin, muMax]).toEqual([-3.124999999999986, 5.555555555555557]);
  });

  it('starts from the same deviations at both ends', () => {
    const difference = wilcoxonDifference(x, y);
    const ends = [-z, z].flatMap((at) => [difference(muMin, -at), difference(muMax, -at)]);
    expect(ends).toEqual(
      [17.090968923762254, -20.997687930433106, 21.01089689284236, -17.077759961353].map((end) =>
        expect.closeTo(end, 10),
      ),
    );
  });

  it('ends at the same side of each step, though that puts L above U', () => {
    const { L, U, HL } = kayentaInterval(candidate, stable, 0.95) ?? {};
    expect([L, U, HL]).toEqual(
      [3.521755377702165e-5, 2.02456461662334e-5, 2.6279243045155653e-5].map((end) =>
        expect.closeTo(end, 15),
      ),
    );
  });
});

it('answers the same point of a plateau as Kayenta, not the median of differences', () => {
  const { HL } = kayentaInterval([10, 12.2, 10.1, 12.5, 23], [20, 22, 21, 25, 30], 0.95) ?? {};
  expect(HL).toBeCloseTo(-10.78122, 5);
});

it('gives up where all values are tied after the shift', () => {
  expect(kayentaInterval([10], [1], 0.98)).toBeUndefined();
});
