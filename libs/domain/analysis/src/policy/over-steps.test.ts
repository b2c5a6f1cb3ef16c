import { describe, expect, it } from '@jest/globals';
import { mixtureOverStarts } from '../combine/index.js';
import { afterStep, logEvidence, startWeight, unshown } from './over-steps.js';

const weightsOf = (planned: number): readonly number[] =>
  Array.from({ length: planned }, (_, step) => startWeight(step, planned));

/** Σⱼ πⱼ Πᵢ₌ⱼ Eᵢ over the starts so far, and the weights of those to come. */
function directly(es: readonly number[], planned: number): number {
  const weights = weightsOf(planned);
  const begun = es.map((_, j) => (weights[j] ?? 0) * es.slice(j).reduce((a, b) => a * b, 1));
  const toCome = weights.slice(es.length);
  return [...begun, ...toCome].reduce((a, b) => a + b, 0);
}

/** Step after step as a release goes on: `before` is all that it keeps. */
function followed(es: readonly number[], planned: number): number {
  let before: number | undefined;
  for (const [done, e] of es.slice(0, -1).entries()) {
    before = afterStep(before, Math.log(e), { planned, done });
  }
  const done = es.length - 1;
  return Math.exp(logEvidence(before, Math.log(es.at(-1) ?? 1), { planned, done }));
}

/** All courses of so many steps of a game that is fair, each step as bold as the one before allows. */
const courses = (
  steps: number,
): readonly { readonly es: readonly number[]; readonly p: number }[] => {
  if (steps === 0) return [{ es: [], p: 1 }];
  return courses(steps - 1).flatMap(({ es, p }) => {
    const win = (es.at(-1) ?? 1) > 1 ? 6 : 2.5;
    const chance = 0.1;
    return [
      { es: [...es, win], p: p * chance },
      { es: [...es, (1 - chance * win) / (1 - chance)], p: p * (1 - chance) },
    ];
  });
};

describe('the weights of the starts', () => {
  it.each([1, 2, 3, 7, 40])(
    'are one together over %i planned steps, half on the first',
    (planned) => {
      const weights = weightsOf(planned);
      expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(weights[0]).toBe(planned === 1 ? 1 : 0.5);
      expect(new Set(weights.slice(1)).size).toBeLessThanOrEqual(1);
    },
  );

  it('are nothing beyond the plan', () => {
    expect([startWeight(1, 1), startWeight(3, 3), startWeight(9, 3), startWeight(1, 0)]).toEqual([
      0, 0, 0, 0,
    ]);
  });
});

describe('evidence over steps', () => {
  const es = [1.4, 0.2, 3, 0.9, 8, 0.5];

  it.each([1, 2, 3, 4, 5, 6])('is Σ πⱼ Πᵢ₌ⱼ Eᵢ, followed over %i of 6 steps', (count) => {
    const some = es.slice(0, count);
    expect(followed(some, 6)).toBeCloseTo(directly(some, 6), 10);
    const all = mixtureOverStarts(some.map(Math.log), 6, weightsOf(6));
    expect(followed(some, 6)).toBeCloseTo(Math.exp(all), 10);
  });

  it('is 1 as long as nothing was shown, however late somebody looks', () => {
    for (let done = 0; done < 9; done += 1) {
      expect(logEvidence(undefined, 0, { planned: 6, done })).toBeCloseTo(0, 12);
    }
  });

  it('takes steps in which nothing was kept as steps that showed nothing', () => {
    let before: number | undefined;
    for (let done = 0; done < 3; done += 1) before = afterStep(before, 0, { planned: 5, done });
    expect(before).toBeCloseTo(unshown({ planned: 5, done: 3 }), 12);
    const steps = { planned: 5, done: 3 };
    expect(logEvidence(undefined, 2, steps)).toBeCloseTo(logEvidence(before, 2, steps), 12);
  });

  it('is the step itself where one is planned, and half of it in the first of several', () => {
    expect(logEvidence(undefined, 9, { planned: 1, done: 0 })).toBeCloseTo(9, 12);
    expect(Math.exp(logEvidence(undefined, 9, { planned: 4, done: 0 }))).toBeCloseTo(
      0.5 * Math.exp(9) + 0.5,
      6,
    );
  });

  it('starts nothing in steps beyond the plan, and goes on with what runs', () => {
    const before = afterStep(undefined, 1, { planned: 1, done: 0 });
    expect(logEvidence(before, 2, { planned: 1, done: 1 })).toBeCloseTo(3, 12);
    expect(logEvidence(undefined, 2, { planned: 2, done: 5 })).toBeCloseTo(2, 12);
  });

  it('costs ln 2(k − 1) at the most for harm that begins late, whatever health came before', () => {
    let before: number | undefined;
    for (let done = 0; done < 9; done += 1) before = afterStep(before, -300, { planned: 10, done });
    const late = logEvidence(before, 20, { planned: 10, done: 9 });
    expect(late).toBeCloseTo(20 - Math.log(18), 9);
  });

  it('neither overflows nor vanishes', () => {
    const before = afterStep(undefined, 1e4, { planned: 3, done: 0 });
    expect(logEvidence(before, 1e4, { planned: 3, done: 1 })).toBeCloseTo(2e4 - Math.LN2, 8);
    const low = afterStep(undefined, -1e4, { planned: 3, done: 0 });
    expect(Number.isFinite(logEvidence(low, -1e4, { planned: 3, done: 1 }))).toBe(true);
  });
});

describe('a candidate that is no worse', () => {
  it.each([1, 2, 4, 7])('is expected to show 1 after %i of 7 steps', (done) => {
    const all = courses(done);
    expect(all.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(all.reduce((sum, { es, p }) => sum + p * followed(es, 7), 0)).toBeCloseTo(1, 10);
  });

  it('is expected to show 1 also in steps that nobody planned', () => {
    const expected = courses(6).reduce((sum, { es, p }) => sum + p * followed(es, 3), 0);
    expect(expected).toBeCloseTo(1, 10);
  });

  it.each([1, 3, 7])('reaches 1/α no more often than α when %i steps are planned', (planned) => {
    const alpha = 0.2;
    const reaches = ({ es }: { readonly es: readonly number[] }): boolean =>
      es.some((_, i) => followed(es.slice(0, i + 1), planned) >= 1 / alpha);
    const chance = courses(7)
      .filter(reaches)
      .reduce((sum, { p }) => sum + p, 0);
    expect(chance).toBeGreaterThan(0);
    expect(chance).toBeLessThanOrEqual(alpha);
  });
});
