import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evaluatedOne, figureAt } from '../../testing/evaluated.js';

interface Vector {
  readonly name: string;
  readonly settings: object;
  readonly measurements: object;
  readonly expected: Readonly<Record<string, unknown>>;
}

const file = '../../../../../libs/domain/analysis/src/testing/kayenta-classifier-vectors.json';
const vectors = JSON.parse(
  readFileSync(new URL(file, import.meta.url), 'utf8'),
) as readonly Vector[];

/** Where a vector’s numbers are in the evidence. */
const figures = {
  L: 'L',
  U: 'U',
  est: 'HL',
  crit: 'band',
  eff: 'effect',
  cles: 'cles',
  dev: 'deviation',
};

describe('Kayenta’s ClassifierSuite, through the command', () => {
  it('is complete', () => expect(vectors).toHaveLength(34));

  it.each(vectors)('$name', async ({ name, settings, measurements, expected }) => {
    const { evidence } = await evaluatedOne({ judge: 'kayenta', name, settings, measurements });
    expect(evidence).toMatchObject({ class: expected['cls'], critical: expected['critical'] });
    // Two rows have noise in them that the port which made them drew by chance.
    const digits = name.startsWith('Tied Ranks') ? 3 : 9;
    for (const [theirs, ours] of Object.entries(figures)) {
      if (expected[theirs] === undefined) continue;
      expect(figureAt(evidence, ours)).toBeCloseTo(Number(expected[theirs]), digits);
    }
  });
});

const arm = async (candidate: readonly unknown[], settings: object = {}): Promise<unknown> => {
  const measurements = { candidate, stable: [1, 2, 3] };
  return (await evaluatedOne({ judge: 'kayenta', settings, measurements })).evidence['candidate'];
};

describe('Kayenta’s statistics', () => {
  it('R-7 percentiles', async () => {
    const found = await arm([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
    expect(figureAt(found, 'p5')).toBeCloseTo(0.175, 12);
    expect(figureAt(found, 'p50')).toBe(1.75);
  });

  it('standard deviation', async () => {
    expect(figureAt(await arm([1, 1, 1, 10, 10, 10]), 'sd')).toBeCloseTo(4.9295, 4);
  });

  it('Cohen’s d', async () => {
    const { evidence } = await evaluatedOne({
      judge: 'kayenta',
      measurements: { candidate: [5, 5, 5, 10, 10, 10], stable: [1, 1, 1, 2, 2, 2] },
    });
    expect(evidence['cohenD']).toBeCloseTo(3.03821, 4);
  });

  it('outliers by interquartile range', async () => {
    const outliers = { strategy: 'remove', factor: 1.5, reduceSensitivity: false };
    const found = await arm([21, 23, 24, 25, 50, 29, 23, 21], { outliers });
    expect(found).toMatchObject({ n: 7, outliers: [50] });
  });

  it('takes null and "NaN" for a missing value, and Infinity for an error', async () => {
    expect(await arm([1, null, 'NaN', 4])).toMatchObject({ n: 2, missing: 2 });
    const measurements = { candidate: [1, 'Infinity'], stable: [1, 2] };
    expect(await evaluatedOne({ judge: 'kayenta', measurements })).toMatchObject({
      verdict: 'inconclusive',
      evidence: { class: 'Error' },
    });
  });
});

type Classified = readonly [name: string, groups: readonly string[], cls: string, critical?: true];

const score = async (metrics: readonly Classified[], groupWeights = {}): Promise<unknown> => {
  const { evidence } = await evaluatedOne({
    judge: 'kayentaScore',
    settings: { groupWeights },
    measurements: {
      metrics: metrics.map(([name, groups, cls, critical = false]) => ({
        name,
        groups,
        critical,
        class: cls,
      })),
    },
  });
  return evidence['score'];
};

describe('Kayenta’s scores', () => {
  const g = ['g'];
  it.each<[string, readonly Classified[], Readonly<Record<string, number>>, number]>([
    [
      'all pass',
      [
        ['a', g, 'Pass'],
        ['b', g, 'Pass'],
      ],
      {},
      100,
    ],
    [
      'half',
      [
        ['a', g, 'Pass'],
        ['b', g, 'High'],
      ],
      {},
      50,
    ],
    [
      'one of three',
      [
        ['a', g, 'Pass'],
        ['b', g, 'Low'],
        ['c', g, 'High'],
      ],
      {},
      33.33,
    ],
    ['no metrics', [], {}, 0],
    [
      'all without data',
      [
        ['a', g, 'Nodata'],
        ['b', g, 'Nodata'],
      ],
      {},
      0,
    ],
    [
      'a group without data',
      [
        ['a', ['1'], 'Pass'],
        ['b', ['1'], 'Pass'],
        ['c', ['2'], 'Nodata'],
      ],
      {},
      100,
    ],
    [
      'weights 75/25, second failing',
      [
        ['a', ['1'], 'Pass'],
        ['b', ['2'], 'High'],
      ],
      { 1: 75, 2: 25 },
      75,
    ],
    [
      'weights 50/50, half failing',
      [
        ['a', ['1'], 'Pass'],
        ['b', ['1'], 'High'],
        ['c', ['2'], 'High'],
      ],
      { 1: 50, 2: 50 },
      25,
    ],
    [
      'a critical one is high',
      [
        ['a', g, 'Pass'],
        ['b', g, 'High', true],
      ],
      {},
      0,
    ],
    [
      'a critical one has no data',
      [
        ['a', g, 'Pass'],
        ['b', g, 'Nodata', true],
      ],
      {},
      0,
    ],
  ])('%s', async (_, metrics, weights, expected) => {
    expect(await score(metrics, weights)).toBe(expected);
  });
});
