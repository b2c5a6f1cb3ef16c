import { describe, expect, it } from '@jest/globals';
import {
  defaultErrorCountSettings,
  judgeErrorCounts,
  type CountLook,
  type ErrorCountSettings,
} from './index.js';

const look = (
  [errors, requests]: readonly [number, number],
  [stableErrors, stableRequests]: readonly [number, number],
  rest: Partial<CountLook> = {},
): CountLook => ({
  candidate: { requests, errors },
  stable: { requests: stableRequests, errors: stableErrors },
  ...rest,
});

const judge = (looks: readonly CountLook[], settings: Partial<ErrorCountSettings> = {}) =>
  judgeErrorCounts({ looks }, { ...defaultErrorCountSettings, ...settings });

const bad = look([30, 1_000], [70, 9_000]);
const good = look([1, 1_000], [99, 9_000]);
const quiet = look([0, 1_000], [0, 9_000]);

describe('judging errors by counts', () => {
  it('fails a candidate that fails much more often, and says it in figures', () => {
    const { kind, because } = judge([look([41, 2_010], [38, 18_204])], { alpha: 0.001 });
    expect(kind).toBe('fail');
    expect(because).toBe(
      'candidate 41 of 2,010 failed, stable 38 of 18,204: 9.8 times the rate, e = 10^18, ' +
        'stop at 1,000: evidence of harm since look 1',
    );
  });

  it('shows every number that the verdict was made from', () => {
    const { evidence } = judge([look([10, 500], [35, 4_500]), look([20, 500], [35, 4_500])]);
    expect(evidence).toMatchObject({
      candidate: { requests: 1_000, errors: 30, rate: 0.03 },
      stable: { requests: 9_000, errors: 70 },
      threshold: 100,
      alpha: 0.01,
      segments: [{ exposure: 0.1, x: 30, n: 100 }],
    });
    expect(evidence.logE).toBeCloseTo(13.300933, 5);
    expect(evidence.pValue).toBeCloseTo(Math.exp(-13.300933), 9);
    expect(evidence.segments[0]?.p0).toBeCloseTo(0.1, 12);
    expect(evidence.ratio.estimate).toBeCloseTo(0.03 / (70 / 9_000), 9);
    expect(evidence.looks.map(({ x, n }) => [x, n])).toEqual([
      [10, 45],
      [30, 100],
    ]);
  });

  it('stays with harm once found, and tells at which look', () => {
    const { kind, evidence, because } = judge([quiet, bad, good, good, good]);
    expect(kind).toBe('fail');
    expect(evidence.worse?.look).toBe(2);
    expect(evidence.logE).toBeLessThan(Math.log(100));
    expect(evidence.pValue).toBeLessThan(0.01);
    expect(because).toContain('evidence of harm since look 2');
  });

  it('passes a candidate without errors beside a stable version without errors', () => {
    const { kind, because, evidence } = judge([quiet]);
    expect(kind).toBe('pass');
    expect(evidence.ratio).toEqual({ isEmpty: false });
    expect(because).toBe(
      'candidate 0 of 1,000 failed, stable 0 of 9,000, e = 1, stop at 100: no evidence of harm',
    );
  });

  it('never fails a candidate that is better, and says so when it looks at both sides', () => {
    expect(judge([good]).kind).toBe('pass');
    const { kind, because, evidence } = judge([good, good], { sides: 'two' });
    expect(kind).toBe('pass');
    expect(evidence.better?.look).toBe(2);
    expect(because).toContain('the candidate is better');
  });

  it('fails a candidate that was worse before it was better, looking at both sides', () => {
    const { kind, evidence } = judge([bad, look([0, 5_000], [900, 45_000])], { sides: 'two' });
    expect(kind).toBe('fail');
    expect(evidence).toMatchObject({ worse: { look: 1 }, better: { look: 2 } });
  });

  it('allows the ratio that it was given', () => {
    expect(judge([bad], { maxRatio: 1.5 }).kind).toBe('fail');
    expect(judge([bad], { maxRatio: 4 }).kind).toBe('pass');
    expect(judge([bad], { maxRatio: 4 }).because).toContain('3.9 times the rate (4 allowed)');
  });
});

describe('judging errors with little to judge by', () => {
  it('has no data without requests', () => {
    expect(judge([]).kind).toBe('noData');
    expect(judge([look([0, 0], [0, 0])])).toMatchObject({
      kind: 'noData',
      because: 'neither version got a request',
    });
  });

  it('is inconclusive below the minimum of requests or errors, also with harm in sight', () => {
    expect(judge([look([0, 0], [3, 500])]).kind).toBe('inconclusive');
    expect(judge([bad], { minRequests: 1_001 }).kind).toBe('inconclusive');
    expect(judge([bad], { minErrors: 101 }).kind).toBe('inconclusive');
    expect(judge([bad], { minRequests: 1_000, minErrors: 100 }).kind).toBe('fail');
  });

  it('says that it cannot compare where one version gets everything', () => {
    const alone = judge([look([500, 1_000], [0, 0])]);
    expect(alone.kind).toBe('inconclusive');
    expect(alone.because).toContain('only one version got requests');
    expect(alone.evidence.logE).toBe(0);
    for (const weight of [0, 1, undefined]) {
      const counted = { ...bad, ...(weight === undefined ? {} : { weight }) };
      const { kind, because } = judge([counted], { exposure: 'programmed' });
      expect(kind).toBe('inconclusive');
      expect(because).toContain('no weight between 0 and 1');
    }
  });

  it('needs the upper limit of the ratio below the margin, where one is set', () => {
    const even = look([100, 10_000], [100, 10_000]);
    const narrow = judge([even], { nonInferiority: { margin: 2 } });
    expect(narrow.kind).toBe('pass');
    expect(narrow.evidence.ratio.upperOneSided).toBeLessThan(2);
    expect(judge([even], { nonInferiority: { margin: 1.1 } }).kind).toBe('inconclusive');
    const silent = judge([quiet], { nonInferiority: { margin: 2 } });
    expect(silent).toMatchObject({ kind: 'inconclusive' });
    expect(silent.because).toContain('no upper limit yet');
    expect(judge([bad], { nonInferiority: { margin: 100 } }).kind).toBe('fail');
  });
});
