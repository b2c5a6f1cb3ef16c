import { describe, expect, it } from '@jest/globals';
import {
  defaultSplitSettings,
  judgeSplit,
  type SplitMeasurements,
  type SplitSettings,
} from './index.js';

const judge = (
  counts: readonly (readonly number[])[],
  settings: Partial<SplitSettings> = {},
  rest: Partial<SplitMeasurements> = {},
) =>
  judgeSplit(
    { looks: counts.map((one) => ({ counts: one })), ...rest },
    { ...defaultSplitSettings, shares: [0.9, 0.1], ...settings },
  );

describe('judging a split', () => {
  it('passes requests that are split as programmed', () => {
    const { kind, because, evidence } = judge([
      [4_510, 490],
      [4_480, 520],
    ]);
    expect(kind).toBe('pass');
    expect(because).toContain('arm 2 got 1,010 of 10,000 requests (10.1 %, programmed 10 %)');
    expect(evidence.arms[1]).toMatchObject({ requests: 1_010, share: 0.1, observedShare: 0.101 });
  });

  it('shows an interval for the share of each version', () => {
    // Where lnB(1011, 8991) − 1010 ln p − 8990 ln(1−p) is ln 1000, computed with forty digits.
    const [lower, upper] = [0.0869942587903194, 0.1162594576723527];
    expect(judge([[8_990, 1_010]]).evidence.arms).toMatchObject([
      {
        expected: 9_000,
        lower: expect.closeTo(1 - upper, 12),
        upper: expect.closeTo(1 - lower, 12),
      },
      { expected: 1_000, lower: expect.closeTo(lower, 12), upper: expect.closeTo(upper, 12) },
    ]);
  });

  it('says that a split is not in force, never that the candidate is bad, and names who got what', () => {
    const { kind, because } = judge(
      [[3_966, 1_034]],
      {},
      {
        cluster: 'east',
        arms: ['stable', 'candidate'],
      },
    );
    expect(kind).toBe('splitNotInForce');
    expect(because).toBe(
      'east: candidate got 1,034 of 5,000 requests (20.68 %, programmed 10 %), e = 10^106, ' +
        'stop at 1,000: not split as programmed since look 1',
    );
  });

  it('stays with a mismatch once found', () => {
    const { kind, evidence } = judge([
      [400, 100],
      [46_000, 4_000],
      [46_000, 6_000],
    ]);
    expect(kind).toBe('splitNotInForce');
    expect(evidence.crossing?.look).toBe(1);
  });

  it('needs requests to say that a split fits, and has no data without any', () => {
    expect(judge([]).kind).toBe('noData');
    expect(judge([[0, 0]]).because).toBe('no version got a request');
    expect(judge([[89, 10]]).kind).toBe('inconclusive');
    expect(judge([[90, 10]]).kind).toBe('pass');
    // Nine requests at a version that gets a tenth are enough to tell.
    expect(judge([[0, 9]]).kind).toBe('splitNotInForce');
  });

  it('takes weights of any sum, and versions of any number', () => {
    const percent = judge([[3_000, 5_000, 2_000]], { shares: [30, 50, 20] });
    expect(percent.kind).toBe('pass');
    expect(percent.evidence.arms.map(({ share }) => share)).toEqual([0.3, 0.5, 0.2]);
    expect(judge([[3_000, 4_500, 2_500]], { shares: [30, 50, 20] }).kind).toBe('splitNotInForce');
  });
});

describe('judging a split that gives a version nothing', () => {
  it.each([
    [[1, 0], 99_950, 50, 'pass'],
    [[1, 0], 99_700, 300, 'splitNotInForce'],
    [[1, 0], 9_999, 1, 'pass'],
    [[0, 1], 50, 99_950, 'pass'],
    [[0, 1], 300, 99_700, 'splitNotInForce'],
  ] as const)('%j: %d and %d are %s', (shares, one, other, expected) => {
    expect(judge([[one, other]], { shares }).kind).toBe(expected);
  });

  it('tolerates not one request where it is told to', () => {
    expect(judge([[1_000_000, 1]], { shares: [1, 0], tolerance: 0 }).kind).toBe('splitNotInForce');
    expect(judge([[1_000_000, 0]], { shares: [1, 0], tolerance: 0 }).kind).toBe('pass');
  });

  it('still judges how the others are split', () => {
    const shares = [0.5, 0.5, 0];
    expect(judge([[5_000, 5_000, 2]], { shares }).kind).toBe('pass');
    expect(judge([[4_000, 6_000, 0]], { shares }).kind).toBe('splitNotInForce');
    expect(judge([[5_000, 5_000, 200]], { shares }).kind).toBe('splitNotInForce');
  });
});
