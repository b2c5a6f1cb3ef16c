import { describe, expect, it } from '@jest/globals';
import { evaluatedOne, expectPublished, figureAt } from '../../testing/evaluated.js';

const upTo = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const times = (value: number, count: number): readonly number[] =>
  Array.from({ length: count }, () => value);

interface Published {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly confidence: number;
  readonly figures: Readonly<Record<string, number>>;
}

const published: readonly Published[] = [
  {
    x: [10, 20, 30, 40],
    y: [1, 2, 3, 4],
    confidence: 0.95,
    figures: {
      'interval.low': 6,
      'interval.high': 39,
      'interval.k': 1,
      'interval.confidence': 0.97143,
      hodgesLehmann: 22.5,
      'normalInterval.low': 6,
      'normalInterval.high': 39,
      'normalInterval.k': 1,
      'pExact.twoSided': 0.0285714,
      'pAsymptotic.twoSided': 0.0303828,
    },
  },
  {
    x: upTo(9, 28),
    y: upTo(1, 20),
    confidence: 0.98,
    figures: {
      'interval.low': 3,
      'interval.high': 13,
      'interval.k': 115,
      'interval.confidence': 0.98046,
      hodgesLehmann: 8,
      'normalInterval.k': 114,
      'pAsymptotic.twoSided': 5.58867e-4,
    },
  },
  {
    x: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
    y: [1.15, 0.88, 0.9, 0.74, 1.21],
    confidence: 0.95,
    figures: {
      W: 35,
      'interval.low': -0.15,
      'interval.high': 0.76,
      'interval.k': 9,
      'interval.confidence': 0.96004,
      hodgesLehmann: 0.305,
      'normalInterval.k': 9,
      'pExact.twoSided': 0.254412,
      'pAsymptotic.twoSided': 0.244624,
    },
  },
  {
    x: [20, 22, 21, 25, 30],
    y: [1, 2.2, 1.1, 2.5, 3],
    confidence: 0.95,
    figures: {
      'interval.low': 17.8,
      'interval.high': 27.8,
      'interval.k': 3,
      'interval.confidence': 0.96825,
      hodgesLehmann: 20,
      'pExact.twoSided': 0.00793651,
      'pAsymptotic.twoSided': 0.0121858,
    },
  },
  {
    x: [10, 12.2, 10.1, 12.5, 23],
    y: [20, 22, 21, 25, 30],
    confidence: 0.95,
    figures: {
      'interval.low': -17.8,
      'interval.high': 1,
      'interval.k': 3,
      hodgesLehmann: -10,
      'pExact.twoSided': 0.0555556,
      'pAsymptotic.twoSided': 0.0601028,
    },
  },
];

const compare = (candidate: readonly unknown[], stable: readonly unknown[], settings: object) =>
  evaluatedOne({ judge: 'mannWhitney', settings, measurements: { candidate, stable } });

describe('published numbers of the exact rank judge, through the command', () => {
  it.each(published)('$x against $y', async ({ x, y, confidence, figures }) => {
    const { evidence } = await compare(x, y, { confidence, minSamples: 1 });
    for (const [path, value] of Object.entries(figures)) {
      expectPublished(figureAt(evidence, path), value);
    }
  });
});

describe('what others miss', () => {
  const increase = { direction: 'increase' };

  it.each<[string, readonly number[], readonly number[], string, number]>([
    ['spinnaker#6278', [...times(100, 7), ...times(1, 3)], times(1, 10), 'fail', 8.08e-4],
    [
      'spinnaker#5622',
      [0, 0.048, 0, 0.18, 0.089, 0, 0.098, 0.035, 0, 0],
      times(0, 10),
      'fail',
      7.47e-3,
    ],
    ['kayenta#426', [0, 1, 2, 1, 0, 0], times(0, 6), 'inconclusive', 0.0366],
  ])('%s', async (_, candidate, stable, verdict, p) => {
    const judged = await compare(candidate, stable, increase);
    expect(judged.verdict).toBe(verdict);
    expectPublished(figureAt(judged.evidence, 'pAsymptotic.greater'), p);
  });

  it.each([1e-9, 1e-6, 1e-5, 1, 1e9])('the unit of a metric does not matter: × %d', async (s) => {
    const scaled = (values: readonly number[]) => values.map((value) => value * s);
    const { verdict } = await compare(scaled(upTo(9, 28)), scaled(upTo(1, 20)), increase);
    expect(verdict).toBe('fail');
  });
});
