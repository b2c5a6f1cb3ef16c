import { describe, expect, it } from '@jest/globals';
import { judgeCase, type AnalysisVerdict } from './analysis-case.js';

function judged(
  settings: object,
  readings: readonly unknown[],
  more: object = {},
): AnalysisVerdict {
  const found = judgeCase({ judge: 'threshold', settings, measurements: { readings, ...more } });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

describe('thresholds', () => {
  it('pass after enough readings within the bounds, and run until then', () => {
    expect(judged({ max: 5, count: 3 }, [1, 2])).toMatchObject({ verdict: 'running' });
    expect(judged({ max: 5, count: 3 }, [1, 2, 5])).toMatchObject({ verdict: 'pass' });
  });

  it('fail when more readings than the limit are out of bounds', () => {
    const settings = { min: 1, max: 5, count: 9, failureLimit: 1 };
    expect(judged(settings, [0, 2, 3])).toMatchObject({ verdict: 'running' });
    expect(judged(settings, [0, 2, 9])).toMatchObject({ verdict: 'fail', evidence: { failed: 2 } });
  });

  it('tell an error, an empty answer, NaN and too few requests apart', () => {
    const readings = [
      { kind: 'error', message: 'HTTP 503' },
      { kind: 'empty' },
      'NaN',
      null,
      { value: 1, requests: 3 },
      { candidate: { value: 1, requests: 30 }, stable: 2 },
    ];
    expect(judged({ max: 5, minSample: 10, count: 9 }, readings).evidence).toMatchObject({
      measured: 6,
      empty: 1,
      notANumber: 2,
      belowMinSample: 1,
      passed: 1,
      consecutiveErrors: 0,
      lastStableValue: 2,
    });
  });

  it('are inconclusive after too many errors in a row', () => {
    const error = { kind: 'error', message: 'no' };
    const settings = { max: 5, consecutiveErrorLimit: 1 };
    expect(judged(settings, [error])).toMatchObject({ verdict: 'running' });
    expect(judged(settings, [error, error])).toMatchObject({ verdict: 'inconclusive' });
  });

  it('say until when they wait for data, and what happens then', () => {
    const settings = { max: 5, noData: { hold: { for: '2m', then: 'rollback' } } };
    const reading = { kind: 'empty', from: '2026-01-05T10:00:00Z', to: '2026-01-05T10:00:30Z' };
    expect(judged(settings, [reading])).toMatchObject({
      verdict: 'noData',
      evidence: { until: '2026-01-05T10:02:30.000Z', then: 'rollback' },
    });
  });

  it('do not count windows that began before the delay was over', () => {
    const since = Date.UTC(2026, 0, 5, 10);
    const at = (seconds: number, value: number) => ({
      value,
      from: since + seconds * 1_000,
      to: since + (seconds + 30) * 1_000,
    });
    const settings = { max: 5, count: 1, initialDelay: '1m' };
    expect(judged(settings, [at(0, 9), at(59, 9), at(60, 1)], { since })).toMatchObject({
      verdict: 'pass',
      evidence: { measured: 1 },
    });
  });

  it('compare with stable where a judge is given, and spend its alpha', () => {
    const counts = (errors: number, requests: number) => ({ value: 0, requests, errors });
    const reading = { candidate: counts(9, 100), stable: counts(3, 900) };
    const settings = { query: { requestSuccessRate: {} }, judge: { errorCount: {} } };
    expect(judged(settings, [reading]).evidence).toMatchObject({
      comparison: { judge: 'errorCount', candidate: { n: 100, errors: 9 } },
    });
  });

  it('decide nothing in a dry run, and say so', () => {
    const { verdict, because, evidence } = judged({ max: 5, dryRun: true }, [9]);
    expect([verdict, evidence]).toMatchObject(['fail', { decides: false }]);
    expect(because).toMatch(/; a dry run, decides nothing$/);
  });
});
