import { describe, expect, it } from '@jest/globals';
import {
  defaultKayentaScoreSettings,
  scoreKayenta,
  type ClassifiedMetric,
  type KayentaClass,
  type KayentaScoreSettings,
} from './index.js';

const metric = (
  group: string | readonly string[],
  of: KayentaClass,
  flags: Partial<ClassifiedMetric> = {},
): ClassifiedMetric => ({ name: `is-${of}`, groups: [group].flat(), class: of, ...flags });
const score = (
  metrics: readonly ClassifiedMetric[],
  settings: Partial<KayentaScoreSettings> = {},
) => scoreKayenta({ metrics }, { ...defaultKayentaScoreSettings, ...settings });

describe('the score', () => {
  it.each<[string, number, readonly ClassifiedMetric[], Readonly<Record<string, number>>]>([
    ['all pass', 100, [metric('a', 'Pass')], {}],
    ['half pass', 50, [metric('a', 'Pass'), metric('a', 'High')], {}],
    [
      'one of three',
      33.33,
      ['Pass', 'High', 'Low'].map((of) => metric('a', of as KayentaClass)),
      {},
    ],
    ['no metrics', 0, [], {}],
    ['all without data', 0, [metric('a', 'Nodata')], {}],
    [
      'weights',
      75,
      [metric('a', 'Pass'), metric('a', 'Pass'), metric('b', 'High')],
      { a: 75, b: 25 },
    ],
    [
      'half of a half',
      25,
      [metric('a', 'Pass'), metric('a', 'High'), metric('b', 'High')],
      { a: 50, b: 50 },
    ],
    [
      'one without data',
      50,
      [metric('a', 'Pass'), metric('a', 'Nodata'), metric('b', 'High')],
      { a: 50, b: 50 },
    ],
    [
      'a third of little',
      5,
      [metric('a', 'High'), metric('a', 'Low'), metric('a', 'Pass'), metric('b', 'High')],
      { a: 15, b: 85 },
    ],
    [
      'a group without data',
      100,
      [metric('a', 'Pass'), metric('a', 'Pass'), metric('b', 'Nodata')],
      {},
    ],
    ['required data missing', 50, [metric('a', 'Pass'), metric('a', 'NodataFailMetric')], {}],
    ['an error beside', 100, [metric('a', 'Pass'), metric('a', 'Error')], {}],
    ['weights of absent groups', 40, [metric('a', 'Pass')], { a: 40, b: 60 }],
    ['shared rest', 70, [metric('a', 'Pass'), metric('b', 'High'), metric('c', 'Pass')], { a: 40 }],
    [
      'a metric in two groups',
      50,
      [metric(['a', 'b'], 'Pass'), metric('b', 'High'), metric('b', 'High')],
      { a: 25, b: 75 },
    ],
  ])('%s: %d', (_, expected, metrics, groupWeights) => {
    expect(score(metrics, { groupWeights }).evidence.score).toBe(expected);
  });

  it('is rounded half up in decimal', () => {
    const metrics = [metric('a', 'Pass'), metric('b', 'High')];
    expect(score(metrics, { groupWeights: { a: 33.335, b: 66.665 } }).evidence.score).toBe(33.34);
    expect(score(metrics, { groupWeights: { a: 1e-9, b: 0 } }).evidence.score).toBe(0);
  });

  it('leaves muted metrics out', () => {
    const muted = metric('a', 'High', { muted: true, critical: true });
    expect(score([metric('a', 'Pass'), muted]).evidence.score).toBe(100);
    expect(score([muted])).toMatchObject({ kind: 'noData', evidence: { classification: 'Fail' } });
  });
});

describe('the verdict', () => {
  const half = [metric('a', 'Pass'), metric('a', 'High')];

  it('follows the thresholds, which belong to the better side', () => {
    const kinds = [
      { pass: 50, marginal: 20 },
      { pass: 51, marginal: 50 },
      { pass: 90, marginal: 51 },
    ].map((thresholds) => score(half, thresholds));
    expect(kinds.map(({ kind }) => kind)).toEqual(['pass', 'inconclusive', 'fail']);
    expect(kinds[1]?.because).toBe(
      '1 of 2 metrics pass: score 50, pass from 51, marginal from 50: Marginal',
    );
  });

  it('is 0 where a critical metric is not Pass', () => {
    const { kind, evidence } = score([
      metric('a', 'Pass'),
      metric('a', 'High', { critical: true }),
    ]);
    expect([kind, evidence.score, evidence.reason]).toEqual([
      'fail',
      0,
      'critical metric is-High is High',
    ]);
    expect(
      score([metric('a', 'Low'), metric('a', 'Pass', { critical: true })]).evidence.score,
    ).toBe(50);
  });

  it('calls what is 0 for want of data alone no data', () => {
    const blind = score([metric('a', 'Pass'), metric('a', 'Nodata', { critical: true })]);
    expect(blind).toMatchObject({ kind: 'noData', evidence: { score: 0, classification: 'Fail' } });
    const half = score([metric('a', 'Pass'), metric('b', 'Nodata')]);
    expect(half).toMatchObject({ kind: 'noData', evidence: { score: 0, noDataPercent: 50 } });
    const harmed = score([
      metric('a', 'Nodata', { critical: true }),
      metric('a', 'High', { critical: true }),
    ]);
    expect(harmed.kind).toBe('fail');
  });
});

describe('metrics that are still to be judged', () => {
  const points = { candidate: [40, 41, 42, 43, 44, 45], stable: [39, 41, 42, 43, 44, 46] };
  const low = Array.from({ length: 50 }, (_, i) => 10 + (i % 11));
  const high = Array.from({ length: 50 }, (_, i) => 20 + (i % 4));

  it('are judged with their own settings, and shown with their evidence', () => {
    const cpu = { name: 'cpu', groups: ['system'], ...points };
    const { kind, evidence } = scoreKayenta({ metrics: [cpu] }, defaultKayentaScoreSettings);
    expect([kind, evidence.score]).toEqual(['pass', 100]);
    expect(evidence.metrics[0]?.judgement?.evidence.candidate.n).toBe(6);
  });

  it('take the score to 0 where they are critical and differ, unless muted', () => {
    const ram = { name: 'ram', groups: ['system'], candidate: low, stable: high };
    const cpu = { name: 'cpu', groups: ['system'], ...points };
    const scored = [{ critical: true }, { critical: true, muted: true }].map(
      (settings) =>
        scoreKayenta({ metrics: [cpu, { ...ram, settings }] }, defaultKayentaScoreSettings).evidence
          .score,
    );
    expect(scored).toEqual([0, 100]);
  });

  it('do not pass where a critical one could not be judged', () => {
    const blind = { name: 'ram', groups: ['system'], candidate: [10], stable: [1] };
    const cpu = { name: 'cpu', groups: ['system'], ...points };
    const kinds = [true, false].map(
      (critical) =>
        scoreKayenta(
          { metrics: [cpu, { ...blind, settings: { critical } }] },
          defaultKayentaScoreSettings,
        ).kind,
    );
    expect(kinds).toEqual(['inconclusive', 'pass']);
  });
});
