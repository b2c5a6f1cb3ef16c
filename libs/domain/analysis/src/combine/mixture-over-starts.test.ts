import { describe, expect, it } from '@jest/globals';
import { mixtureOverStarts } from './mixture-over-starts.js';

const directly = (logEs: readonly number[], planned: number): number => {
  const fromStep = logEs.map((_, j) => Math.exp(logEs.slice(j).reduce((a, b) => a + b, 0)));
  return (fromStep.reduce((a, b) => a + b, 0) + planned - logEs.length) / planned;
};

/** Every course of s steps in which an e-value is one of these, each with its probability. */
const odds = [
  { e: 4, p: 0.2 },
  { e: 0.25, p: 0.8 },
] as const;

/** An e-value may depend on what came before, as long as its expectation then is 1. */
const courses = (
  steps: number,
): readonly { readonly es: readonly number[]; readonly p: number }[] =>
  steps === 0
    ? [{ es: [], p: 1 }]
    : courses(steps - 1).flatMap(({ es, p }) => {
        const isBold = es.length === 0 || (es.at(-1) ?? 1) > 1;
        return odds.map(({ e, p: chance }) => ({
          es: [...es, isBold ? e : 1 + (e - 1) / 5],
          p: p * chance,
        }));
      });

describe('the mixture over starting steps', () => {
  it('is what its definition says', () => {
    const logEs = [0.4, -2, 1.5, 3];
    for (let done = 0; done <= 4; done += 1) {
      const some = logEs.slice(0, done);
      expect(Math.exp(mixtureOverStarts(some, 6))).toBeCloseTo(directly(some, 6), 10);
    }
  });

  it('is 1 before the first step, and the step itself where only one is planned', () => {
    expect(mixtureOverStarts([], 5)).toBe(0);
    expect(mixtureOverStarts([2.5], 1)).toBeCloseTo(2.5, 12);
  });

  it.each([1, 2, 5, 8])(
    'expects 1 at the most of a healthy candidate after %i of 8 steps',
    (done) => {
      const all = courses(done);
      expect(all.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12);
      const expected = all.reduce(
        (sum, { es, p }) => sum + p * Math.exp(mixtureOverStarts(es.map(Math.log), 8)),
        0,
      );
      expect(expected).toBeLessThanOrEqual(1 + 1e-12);
    },
  );

  it('reaches 1/α no more often than α, at whatever step one stops', () => {
    const alpha = 0.3;
    const reached = courses(8).filter(({ es }) =>
      es.some((_, i) => mixtureOverStarts(es.slice(0, i + 1).map(Math.log), 8) >= -Math.log(alpha)),
    );
    const chance = reached.reduce((sum, { p }) => sum + p, 0);
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThanOrEqual(alpha);
  });

  it('is not burdened by health, and loses ln k at the most', () => {
    const healthy = [-40, -40, -40, -40];
    expect(mixtureOverStarts([...healthy, 12], 10)).toBeGreaterThan(12 - Math.log(10));
    expect(mixtureOverStarts([...healthy, 12], 10)).toBeGreaterThan(9);
  });

  it('neither overflows nor loses what the last step says', () => {
    expect(mixtureOverStarts([1e4, 1e4], 4)).toBeCloseTo(2e4 - Math.log(4), 8);
    expect(mixtureOverStarts([-1e4, 1e4], 4)).toBeCloseTo(1e4 - Math.log(4), 8);
    expect(mixtureOverStarts([-1e4, -1e4], 2)).toBeCloseTo(-1e4 - Math.log(2), 8);
    expect(mixtureOverStarts([-Infinity, 0], 2)).toBeCloseTo(-Math.log(2), 12);
    expect(mixtureOverStarts([1e4, -1e4], 2)).toBeCloseTo(Math.log(0.5), 8);
  });

  it('refuses more steps than were planned', () => {
    const refused = expect.objectContaining({ code: 'INVALID_INPUT' });
    expect(() => mixtureOverStarts([1, 1], 1)).toThrow(refused as never);
    expect(() => mixtureOverStarts([], 0)).toThrow(refused as never);
  });
});
