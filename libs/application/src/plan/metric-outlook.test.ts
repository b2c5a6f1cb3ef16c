import { describe, expect, it } from '@jest/globals';
import type { Reading } from '@spillway/domain-analysis';
import type { MeasuredStep } from '@spillway/domain-release';
import { aMetric } from '@spillway/domain-release/testing';
import { basisPoints, duration } from '@spillway/kernel';
import { outlookOf } from './metric-outlook.js';

const minute = 60_000;
const spec = aMetric({
  interval: duration(10_000),
  window: duration(10_000),
  judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
});
const aStep = (overrides: Partial<MeasuredStep> = {}): MeasuredStep => ({
  step: 1,
  weight: basisPoints(1_000),
  length: duration(60 * minute),
  ratio: 2,
  power: 0.9,
  alpha: 0.01,
  allowed: 1,
  ...overrides,
});
/** 100 requests a second for ten minutes, of which half a percent fail. */
const busy: Reading = {
  kind: 'value',
  candidate: { value: 99.5, requests: 60_000, errors: 300 },
};
const stepsOf = (reading: Reading, ...steps: readonly MeasuredStep[]) =>
  outlookOf(spec, reading, steps).steps;

describe('a metric before a release', () => {
  it('shows stable’s value, traffic and errors', () => {
    expect(outlookOf(spec, busy, [])).toEqual({
      metric: 'success-rate',
      value: 99.5,
      requestsPerSecond: 100,
      errorRate: 0.005,
      steps: [],
    });
  });

  it('shows what is known where not everything is counted', () => {
    const timed: Reading = { kind: 'value', candidate: { value: 120, requests: 600 } };
    expect(outlookOf(spec, timed, [aStep()])).toEqual({
      metric: 'success-rate',
      value: 120,
      requestsPerSecond: 1,
      steps: [],
    });
    const bare: Reading = { kind: 'value', candidate: { value: 7 } };
    expect(outlookOf(spec, bare, [aStep()])).toEqual({
      metric: 'success-rate',
      value: 7,
      steps: [],
    });
  });

  it.each<[Reading, string]>([
    [{ kind: 'empty' }, 'stable has no data in the last 10m'],
    [{ kind: 'notANumber' }, 'stable’s value is not a number in the last 10m'],
    [{ kind: 'error', message: 'HTTP 401' }, 'HTTP 401'],
    [
      { kind: 'value', candidate: { value: 0, requests: 0, errors: 0 } },
      'no requests in the last 10m',
    ],
  ])('says why nothing is known: %j', (reading, missing) => {
    expect(outlookOf(spec, reading, [aStep()])).toEqual({
      metric: 'success-rate',
      missing,
      steps: [],
    });
  });

  it('forecasts nothing where versions are held against bounds only', () => {
    const { judge: _judge, ...bounded } = spec;
    expect(outlookOf(bounded, busy, [aStep()]).steps).toEqual([]);
  });
});

describe('a step', () => {
  it('that is long enough says when harm would be found', () => {
    expect(stepsOf(busy, aStep())).toMatchObject([
      {
        step: 1,
        weight: 1_000,
        length: 60 * minute,
        isEnough: true,
        forecast: expect.stringMatching(
          /^2 times the errors at a weight of 10 % \(100 requests\/s, 0.5 % fail, α = 0.01\) are found within \d+m\d*s? in half of all cases, within \d+m\d*s? in 90 % of them$/,
        ),
      },
    ]);
  });

  it('that is too short says how likely it is, and the least that it would find', () => {
    const [short] = stepsOf(busy, aStep({ length: duration(5 * minute) }));
    expect(short?.isEnough).toBe(false);
    expect(short?.forecast).toMatch(
      /are found within 5m in \d+ % of all cases, not in 90 %; the least that is found with 90 % is \d\.\d times$/,
    );
  });

  it('needs longer for less of α, and less for more weight', () => {
    const isEnough = (overrides: Partial<MeasuredStep>): boolean | undefined =>
      stepsOf(busy, aStep({ length: duration(17 * minute), ...overrides }))[0]?.isEnough;
    expect([isEnough({}), isEnough({ alpha: 0.0001 })]).toEqual([true, false]);
    expect(isEnough({ alpha: 0.0001, weight: basisPoints(5_000) })).toBe(true);
  });

  it.each<[string, Reading, Partial<MeasuredStep>, string]>([
    [
      'no errors',
      { kind: 'value', candidate: { value: 100, requests: 600, errors: 0 } },
      {},
      'cannot be found: stable makes no errors, and a multiple of no errors is none',
    ],
    ['no weight', busy, { weight: basisPoints(0) }, 'the candidate gets no requests'],
    [
      'all weight',
      busy,
      { weight: basisPoints(10_000) },
      'stable gets no requests to compare with',
    ],
    ['a ratio that is allowed', busy, { ratio: 1 }, 'it is not above what is allowed'],
  ])('with %s finds nothing, and says why', (_, reading, change, why) => {
    const [found] = stepsOf(reading, aStep(change));
    expect(found?.isEnough).toBe(false);
    expect(found?.forecast).toContain(why);
  });

  it('is forecast for stable that fails always', () => {
    const broken: Reading = {
      kind: 'value',
      candidate: { value: 0, requests: 600, errors: 600 },
    };
    expect(stepsOf(broken, aStep())[0]?.isEnough).toBe(false);
  });
});
