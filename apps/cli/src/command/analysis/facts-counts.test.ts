import { describe, expect, it } from '@jest/globals';
import { computed, evaluatedOne, expectPublished, figureAt } from '../../testing/evaluated.js';

interface Published {
  readonly x: number;
  readonly n: number;
  readonly p0: number;
  /** ln E. */
  readonly two: number;
  readonly one?: number;
  readonly p?: number;
}

const published: readonly Published[] = [
  { x: 60, n: 100, p0: 0.5, two: -0.090965, one: 0.578891, p: 0.56052 },
  { x: 70, n: 100, p0: 0.5, two: 6.057502, one: 6.750621, p: 0.00117015 },
  { x: 30, n: 100, p0: 0.1, two: 13.195573, one: 13.300933 },
  { x: 12, n: 40, p0: 0.1, two: 4.423861, one: 4.529104, p: 0.0107903 },
  { x: 5, n: 10, p0: 0.5, two: -0.995853 },
];

/** All requests fail, so that errors are what was asked. */
const asCase = (x: number, n: number, weight: number, sides: string) => ({
  judge: 'errorCount',
  settings: { exposure: 'programmed', sides },
  measurements: {
    candidate: { requests: x, errors: x },
    stable: { requests: n - x, errors: n - x },
    weight,
  },
});

describe('the error-count e-process', () => {
  it.each(published)('$x of $n errors where $p0 of them are expected', async (given) => {
    const { x, n, p0, two, one, p } = given;
    const both = await evaluatedOne(asCase(x, n, p0, 'two'));
    expectPublished(both.evidence['logE'], two);
    expectPublished(figureAt(await computed('countLogE', { x, n, p0, sides: 'two' }), 'logE'), two);
    if (one === undefined) return;
    const { evidence } = await evaluatedOne(asCase(x, n, p0, 'one'));
    expectPublished(evidence['logE'], one);
    expectPublished(figureAt(await computed('countLogE', { x, n, p0 }), 'logE'), one);
    if (p !== undefined) expectPublished(evidence['pValue'], p);
  });

  it('derives p0 from the observed exposure and the allowed ratio', async () => {
    const { evidence } = await evaluatedOne({
      judge: 'errorCount',
      settings: { maxRatio: 2 },
      measurements: {
        candidate: { requests: 1000, errors: 20 },
        stable: { requests: 9000, errors: 50 },
      },
    });
    // w·r / (w·r + 1 − w) for w = 0.1, r = 2
    expect(figureAt(evidence, 'segments.0.p0')).toBeCloseTo(0.2 / 1.1, 12);
    expect(figureAt(evidence, 'segments.0.exposure')).toBe(0.1);
  });

  it('multiplies predictive ratios where the weight changes', async () => {
    const look = (weight: number, errors: number) => ({
      candidate: { requests: 100, errors },
      stable: { requests: 100 / weight - 100, errors: 5 },
      weight,
    });
    const looks = [look(0.1, 3), look(0.1, 4), look(0.5, 6)];
    const { evidence } = await evaluatedOne({ judge: 'errorCount', measurements: { looks } });
    const parts = [figureAt(evidence, 'segments.0.logE'), figureAt(evidence, 'segments.1.logE')];
    expect(evidence['segments']).toHaveLength(2);
    expect(Number(parts[0]) + Number(parts[1])).toBeCloseTo(Number(evidence['logE']), 12);
  });

  it('says it in the sentence of the guide', async () => {
    const { verdict, because } = await evaluatedOne({
      judge: 'errorCount',
      settings: { alpha: 0.001 },
      measurements: {
        candidate: { requests: 2010, errors: 41 },
        stable: { requests: 18_204, errors: 38 },
      },
    });
    expect(verdict).toBe('fail');
    expect(because).toContain(
      'candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate',
    );
    expect(because).toContain('stop at 1,000');
  });
});

describe('the split', () => {
  const split = (counts: readonly number[]) =>
    evaluatedOne({ judge: 'split', settings: { shares: [10, 90] }, measurements: { counts } });

  it('is in force, or it is not, and never the candidate’s fault', async () => {
    expect(await split([500, 4500])).toMatchObject({ verdict: 'pass' });
    expect(await split([1034, 3966])).toMatchObject({ verdict: 'splitNotInForce' });
  });

  it('has the e-value of the multinomial e-process', async () => {
    const { evidence } = await split([1034, 3966]);
    const result = await computed('splitLogE', { counts: [1034, 3966], shares: [0.1, 0.9] });
    expect(evidence['logE']).toBe(figureAt(result, 'logE'));
    // lnB(1+x, 1+n−x) − x ln p0 − (n−x) ln(1−p0) is the two-sided count test of the same numbers.
    const counted = await computed('countLogE', { x: 1034, n: 5000, p0: 0.1, sides: 'two' });
    expect(evidence['logE']).toBeCloseTo(Number(figureAt(counted, 'logE')), 9);
  });
});
