import { describe, expect, it } from '@jest/globals';
import { computed, evaluatedOne, figureAt } from '../../testing/evaluated.js';

const equalLooks = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i + 1) / count);

/** One-sided, α = 0.025, equal looks; bounds for z to four decimals. */
const published: readonly { readonly plan: object; readonly z: readonly number[] }[] = [
  { plan: { spending: 'obrienFleming' }, z: [3.7103, 2.5114, 1.993] },
  { plan: { spending: 'obrienFleming' }, z: [4.8769, 3.357, 2.6803, 2.2898, 2.031] },
  {
    plan: { spending: 'obrienFleming' },
    z: [6.9913, 4.8769, 3.9297, 3.3671, 2.9893, 2.7148, 2.5041, 2.3358, 2.1975, 2.0812],
  },
  { plan: { spending: 'pocock' }, z: [2.2794, 2.2949, 2.2959] },
  { plan: { spending: 'pocock' }, z: [2.438, 2.4268, 2.4102, 2.3966, 2.386] },
  { plan: { spending: 'power', rho: 2 }, z: [3.0902, 2.7141, 2.4728, 2.2799, 2.114] },
];

const tolerance = 1e-4;

describe('Lan–DeMets bounds, through the command', () => {
  it.each(published)('$plan: $z', async ({ plan, z }) => {
    const looks = z.map(() => ({ z: 0 }));
    const { evidence } = await evaluatedOne({
      judge: 'groupSequential',
      settings: { ...plan, alpha: 0.025, maxLooks: z.length },
      measurements: { looks },
    });
    const alone = await computed('sequentialBounds', { ...plan, fractions: equalLooks(z.length) });
    for (const [k, bound] of z.entries()) {
      const found = [figureAt(evidence, `looks.${k}.bound`), figureAt(alone, `z.${k}`)];
      for (const one of found) expect(Math.abs(Number(one) - bound)).toBeLessThanOrEqual(tolerance);
    }
  });

  it('spends all of alpha by the last look, and stops where z reaches the bound', async () => {
    const judged = await evaluatedOne({
      judge: 'groupSequential',
      settings: { alpha: 0.025, maxLooks: 3 },
      measurements: { looks: [{ z: 1 }, { z: 2.6 }, { z: 1 }] },
    });
    expect(judged).toMatchObject({ verdict: 'fail', evidence: { stoppedAt: 2, isOver: true } });
    expect(judged.evidence['spentAlpha']).toBeCloseTo(0.025, 12);
  });

  it('a rule without a drift crosses with probability alpha', async () => {
    const fractions = equalLooks(3);
    const upper = figureAt(await computed('sequentialBounds', { fractions }), 'z');
    const result = await computed('crossingProbabilities', { fractions, upper });
    expect(figureAt(result, 'crossesUpper')).toBeCloseTo(0.025, 8);
  });

  it('a drift for a power gives that power', async () => {
    const rule = { fractions: [0.5, 1], upper: [2.963, 1.969] };
    const drift = figureAt(await computed('driftFor', { ...rule, power: 0.8 }), 'drift');
    const result = await computed('crossingProbabilities', { ...rule, drift });
    expect(figureAt(result, 'crossesUpper')).toBeCloseTo(0.8, 6);
  });
});
