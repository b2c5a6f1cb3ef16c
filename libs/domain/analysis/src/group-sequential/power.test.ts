import { expect, it } from '@jest/globals';
import { normalCdf, normalQuantile } from '../special-functions.js';
import { sequentialBounds } from './bounds.js';
import { crossingProbabilities, driftFor, type StoppingRule } from './power.js';
import type { SpendingFunction } from './spending.js';

const fractions = [0.2, 0.4, 0.6, 0.8, 1];

const ruleOf = (spending: SpendingFunction, sides: 1 | 2 = 1): StoppingRule => {
  const plan = { alpha: 0.025 * sides, sides, spending, rho: 2 };
  const upper = sequentialBounds(fractions, plan).map(({ bound }) => bound);
  return { fractions, upper, ...(sides === 2 ? { lower: upper.map((z) => -z) } : {}) };
};

it('crosses with probability α when there is no drift', () => {
  const { crossesUpper, crossesLower } = crossingProbabilities(ruleOf('pocock', 2), 0);
  expect(crossesUpper).toBeCloseTo(0.025, 10);
  expect(crossesLower).toBeCloseTo(0.025, 10);
  expect(crossingProbabilities(ruleOf('pocock'), 0).crossesLower).toBe(0);
});

it('has the power of a test that looks once when it looks once', () => {
  const once = { fractions: [1], upper: [1.96] };
  const { crossesUpper, expectedLooks } = crossingProbabilities(once, 3);
  expect(crossesUpper).toBeCloseTo(normalCdf(3 - 1.96), 12);
  expect(expectedLooks).toBe(1);
});

it('finds the drift for a power, which costs early stopping little with O’Brien–Fleming', () => {
  const once = (normalQuantile(0.975) + normalQuantile(0.9)) ** 2;
  const rule = ruleOf('obrienFleming');
  const drift = driftFor(0.9, rule);
  expect(crossingProbabilities(rule, drift).crossesUpper).toBeCloseTo(0.9, 6);
  expect(drift ** 2 / once).toBeCloseTo(1.0231, 4);
  expect(driftFor(0.9, ruleOf('pocock')) ** 2 / once).toBeCloseTo(1.1923, 4);
});

it('stops earlier on average where there is more to find', () => {
  const rule = ruleOf('pocock');
  const looks = [0, 2, 4, 8].map((drift) => crossingProbabilities(rule, drift).expectedLooks);
  expect(looks).toEqual(looks.toSorted((a, b) => b - a));
  expect(looks[0]).toBeCloseTo(5, 0);
  const { expectedLooks, expectedFraction } = crossingProbabilities(rule, 40);
  expect(expectedLooks).toBeCloseTo(1, 9);
  expect(expectedFraction).toBeCloseTo(0.2, 9);
});

it('leaves a drift downwards to the lower bound', () => {
  const up = crossingProbabilities(ruleOf('power', 2), 2.5);
  const down = crossingProbabilities(ruleOf('power', 2), -2.5);
  down.lower.forEach((p, k) => expect(p).toBeCloseTo(up.upper[k] ?? NaN, 12));
  expect(down.crossesUpper).toBeCloseTo(up.crossesLower, 12);
});
