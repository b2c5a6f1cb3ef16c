import { describe, expect, it } from '@jest/globals';
import { describeForecast } from './describe-forecast.js';
import { defaultDetectionPlan, type DetectionPlan } from './detection-plan.js';
import {
  detectionChance,
  durationFor,
  forecastDetection,
  minimumRequests,
} from './forecast-detection.js';
import { smallestDetectableRatio } from './smallest-ratio.js';

const planOf = (given: Partial<DetectionPlan> = {}): DetectionPlan => ({
  ...defaultDetectionPlan,
  requestsPerSecond: 100,
  errorRate: 0.005,
  weight: 0.1,
  ...given,
});

const seconds = (given: Partial<DetectionPlan>): number => durationFor(planOf(given)) ?? Infinity;

describe('what cannot be found', () => {
  it.each([
    [{ requestsPerSecond: 0 }, 'noTraffic', 'there is no traffic'],
    [{ errorRate: 0 }, 'noErrors', 'stable makes no errors, and a multiple of no errors is none'],
    [{ weight: 0 }, 'noCandidate', 'the candidate gets no requests'],
    [{ weight: 1 }, 'noStable', 'stable gets no requests to compare with'],
    [{ ratio: 1.5, maxRatio: 2 }, 'notWorse', 'it is not above what is allowed'],
    [{ errorRate: 0.9, maxRatio: 1.2 }, 'notWorse', 'it is not above what is allowed'],
  ] as const)('is said for %j', (given, why, text) => {
    const plan = planOf(given);
    const forecast = forecastDetection(plan);
    expect(forecast).toEqual({ plan, kind: 'impossible', why });
    expect(describeForecast(forecast).endsWith(`cannot be found: ${text}`)).toBe(true);
    expect(durationFor(plan)).toBeUndefined();
    expect(detectionChance(plan, 600)).toBe(0);
  });

  it('within the horizon comes with the chance that there is', () => {
    const plan = planOf({ ratio: 1.2, horizon: 600 });
    const forecast = forecastDetection(plan);
    if (forecast.kind !== 'tooSlow') throw new Error(forecast.kind);
    expect(forecast.chance).toBeGreaterThan(0);
    expect(forecast.chance).toBeLessThan(0.2);
    expect(forecast.medianSeconds).toBeUndefined();
    expect(describeForecast(forecast)).toMatch(
      /are found within 10m in [\d.]+ % of all cases, not in 90 %$/u,
    );
  });

  it('has a median where only the power asked for is out of reach', () => {
    const forecast = forecastDetection(planOf({ horizon: 500 }));
    if (forecast.kind !== 'tooSlow') throw new Error(forecast.kind);
    expect(forecast.medianSeconds).toBeLessThan(500);
    expect(forecast.chance).toBeGreaterThan(0.5);
  });

  it('at all in so short a time is any ratio', () => {
    expect(smallestDetectableRatio(planOf({ requestsPerSecond: 0.01 }), 60)).toBeUndefined();
    expect(smallestDetectableRatio(planOf({ errorRate: 0 }), 600)).toBeUndefined();
  });
});

describe('what is found', () => {
  it('is said in one sentence', () => {
    expect(describeForecast(forecastDetection(planOf({ ratio: 5 })))).toBe(
      '5 times the errors at a weight of 10 % (100 requests/s, 0.5 % fail, α = 0.01) ' +
        'are found within 40s in half of all cases, within 1m20s in 90 % of them',
    );
  });

  it('takes longer with less: traffic, errors, weight, ratio, α, and with more power', () => {
    const usual = seconds({});
    expect(seconds({ requestsPerSecond: 50 })).toBeGreaterThan(usual);
    expect(seconds({ errorRate: 0.002 })).toBeGreaterThan(usual);
    expect(seconds({ weight: 0.05 })).toBeGreaterThan(usual);
    expect(seconds({ ratio: 1.7 })).toBeGreaterThan(usual);
    expect(seconds({ alpha: 0.001 })).toBeGreaterThan(usual);
    expect(seconds({ power: 0.99 })).toBeGreaterThan(usual);
    expect(seconds({ maxRatio: 1.3 })).toBeGreaterThan(usual);
  });

  it('is found by the duration for it with the power asked for, and not a look earlier', () => {
    for (const given of [
      {},
      { ratio: 5 },
      { requestsPerSecond: 3000 },
      { weight: 0.5, ratio: 3 },
    ]) {
      const plan = planOf(given);
      const duration = seconds(given);
      expect(forecastDetection(plan)).toMatchObject({ quantileSeconds: duration });
      expect(detectionChance(plan, duration)).toBeGreaterThan(0.9 - 2e-3);
      expect(detectionChance(plan, duration - 10)).toBeLessThan(0.9 + 2e-3);
    }
  });

  it('is found as often as the chance says, growing with time', () => {
    const chances = [0, 60, 300, 900, 3600].map((at) => detectionChance(planOf(), at));
    expect(chances[0]).toBe(0);
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(chances.at(-1)).toBeGreaterThan(0.9999);
  });

  it('is the smallest ratio for its own duration', () => {
    for (const given of [{}, { ratio: 5 }, { errorRate: 0.0005, weight: 0.25 }]) {
      const smallest = smallestDetectableRatio(planOf(given), seconds(given)) ?? NaN;
      expect(smallest / planOf(given).ratio).toBeGreaterThan(0.96);
      expect(smallest / planOf(given).ratio).toBeLessThan(1.02);
    }
  });

  it('needs the same requests whatever the traffic is', () => {
    const { total = NaN, candidate = NaN } = minimumRequests(planOf()) ?? {};
    expect(candidate).toBe(Math.ceil(total / 10));
    expect(minimumRequests(planOf({ requestsPerSecond: 0 }))?.total).toBe(total);
    expect(total / 100 / seconds({})).toBeGreaterThan(0.9);
    expect(total / 100 / seconds({})).toBeLessThanOrEqual(1.02);
  });

  it('is never more than all requests of the candidate', () => {
    const most = forecastDetection(planOf({ errorRate: 0.2, ratio: 5 }));
    const more = forecastDetection(planOf({ errorRate: 0.2, ratio: 50 }));
    expect({ ...more, plan: 0 }).toEqual({ ...most, plan: 0 });
  });

  it('is found even where it takes millions of errors, or one look brings them', () => {
    const slow = seconds({ ratio: 1.01, horizon: Infinity });
    expect(slow).toBeGreaterThan(100 * seconds({ ratio: 1.2, horizon: Infinity }));
    expect(slow).toBeLessThan(Infinity);
    expect(seconds({ requestsPerSecond: 1e6 })).toBe(10);
  });
});

it('refuses numbers that mean nothing', () => {
  const refused = expect.objectContaining({ code: 'INVALID_INPUT' }) as never;
  expect(() => forecastDetection(planOf({ errorRate: 5 }))).toThrow(refused);
  expect(() => forecastDetection(planOf({ power: 1 }))).toThrow(refused);
  expect(() => forecastDetection(planOf({ requestsPerSecond: Number.NaN }))).toThrow(refused);
  expect(() => smallestDetectableRatio(planOf(), -1)).toThrow(refused);
});
