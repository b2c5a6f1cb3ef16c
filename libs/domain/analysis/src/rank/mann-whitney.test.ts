import { describe, expect, it } from '@jest/globals';
import { kayentaVector } from '../testing/kayenta-classifier-vectors.js';
import { defaultMannWhitneySettings, judgeMannWhitney, type MannWhitneySettings } from './index.js';

const judge = (
  candidate: readonly (number | null)[],
  stable: readonly (number | null)[],
  settings: Partial<MannWhitneySettings> = {},
) => judgeMannWhitney({ candidate, stable }, { ...defaultMannWhitneySettings, ...settings });
const from = (first: number, n: number): number[] => Array.from({ length: n }, (_, i) => first + i);
const classifierArms = (name: string) => kayentaVector(name).measurements;

/** Interval by exact k and by normal k as [low, high, k], p as two-sided [exact, asymptotic]. */
interface Row {
  readonly name: string;
  readonly candidate: readonly number[];
  readonly stable: readonly number[];
  readonly confidence: number;
  readonly exact: readonly [number, number, number];
  readonly achieved?: number;
  readonly hodgesLehmann: number;
  readonly normal: readonly [number, number, number];
  readonly p: readonly [number | undefined, number | undefined];
}

const rows: readonly Row[] = [
  {
    name: 'four against four',
    candidate: [10, 20, 30, 40],
    stable: [1, 2, 3, 4],
    confidence: 0.95,
    exact: [6, 39, 1],
    achieved: 0.97143,
    hodgesLehmann: 22.5,
    normal: [6, 39, 1],
    p: [0.0285714, 0.0303828],
  },
  {
    name: 'twenty against twenty, with ties',
    candidate: from(9, 20),
    stable: from(1, 20),
    confidence: 0.98,
    exact: [3, 13, 115],
    achieved: 0.98046,
    hodgesLehmann: 8,
    normal: [3, 13, 114],
    p: [undefined, 5.58867e-4],
  },
  {
    name: 'the example of R’s wilcox.test',
    candidate: [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46],
    stable: [1.15, 0.88, 0.9, 0.74, 1.21],
    confidence: 0.95,
    exact: [-0.15, 0.76, 9],
    achieved: 0.96004,
    hodgesLehmann: 0.305,
    normal: [-0.15, 0.76, 9],
    p: [0.254412, 0.244624],
  },
  {
    name: 'five against five, apart',
    candidate: [20, 22, 21, 25, 30],
    stable: [1, 2.2, 1.1, 2.5, 3],
    confidence: 0.95,
    exact: [17.8, 27.8, 3],
    achieved: 0.96825,
    hodgesLehmann: 20,
    normal: [17.8, 27.8, 3],
    p: [0.00793651, 0.0121858],
  },
  {
    name: 'five against five, overlapping',
    candidate: [10, 12.2, 10.1, 12.5, 23],
    stable: [20, 22, 21, 25, 30],
    confidence: 0.95,
    exact: [-17.8, 1, 3],
    hodgesLehmann: -10,
    normal: [-17.8, 1, 3],
    p: [0.0555556, 0.0601028],
  },
  {
    name: 'Classifier Test: Pass Metric',
    ...classifierArms('Classifier Test: Pass Metric'),
    confidence: 0.95,
    exact: [-1.05902212, 1.09095852, 318],
    hodgesLehmann: 0.0707024,
    normal: [-1.05919161, 1.09261327, 317],
    p: [0.959043, undefined],
  },
  {
    name: 'Classifier Test: High Metric',
    ...classifierArms('Classifier Test: High Metric'),
    confidence: 0.95,
    exact: [9.34690555, 11.61809767, 318],
    hodgesLehmann: 10.62097827,
    normal: [9.33705156, 11.61922702, 317],
    p: [1.691e-17, undefined],
  },
  {
    name: 'Classifier Test: Low Metric',
    ...classifierArms('Classifier Test: Low Metric'),
    confidence: 0.95,
    exact: [-11.10017484, -8.80084833, 318],
    hodgesLehmann: -9.89996547,
    normal: [-11.11505873, -8.79962497, 317],
    p: [1.691e-17, undefined],
  },
];

describe.each(rows)('$name', ({ candidate, stable, confidence, ...expected }) => {
  const { evidence } = judge(candidate, stable, { confidence });

  it('has the interval that the exact null gives', () => {
    const { low, high, k, confidence: achieved, method } = evidence.interval ?? {};
    expect([low, high]).toEqual(expected.exact.slice(0, 2).map((end) => expect.closeTo(end, 7)));
    expect([k, method]).toEqual([expected.exact[2], 'exact']);
    if (expected.achieved !== undefined) expect(achieved).toBeCloseTo(expected.achieved, 5);
  });

  it('has the interval that the normal approximation gives', () => {
    const { low, high, k } = evidence.normalInterval ?? {};
    expect([low, high]).toEqual(expected.normal.slice(0, 2).map((end) => expect.closeTo(end, 7)));
    expect(k).toBe(expected.normal[2]);
  });

  it('has the median of all differences as estimate', () => {
    expect(evidence.hodgesLehmann).toBeCloseTo(expected.hodgesLehmann, 7);
  });

  it('has p-values', () => {
    const [exact, asymptotic] = expected.p;
    if (exact === undefined) expect(evidence.pExact?.twoSided).toBe(exact);
    else expect((evidence.pExact?.twoSided ?? 0) / exact).toBeCloseTo(1, 3);
    if (asymptotic !== undefined) expect(evidence.pAsymptotic?.twoSided).toBeCloseTo(asymptotic, 6);
    expect(evidence.pTwoSided).toBe((evidence.pExact ?? evidence.pAsymptotic)?.twoSided);
  });
});

it('shows the statistic of R', () => {
  expect(judge(rows[2]?.candidate ?? [], rows[2]?.stable ?? []).evidence.W).toBe(35);
});
