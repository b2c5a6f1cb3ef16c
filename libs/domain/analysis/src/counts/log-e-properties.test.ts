import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logBeta } from '../special-functions.js';
import { countLogE, type Sides } from './log-e.js';

const priors = fc.record({
  a: fc.double({ min: 0.3, max: 20, noNaN: true }),
  b: fc.double({ min: 0.3, max: 20, noNaN: true }),
});
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const sidesOf = fc.constantFrom<Sides>('one', 'two');

const logChoose = (n: number, k: number): number => -Math.log(n + 1) - logBeta(k + 1, n - k + 1);

const binomial = (n: number, k: number, p: number): number =>
  Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));

const upTo = (n: number): readonly number[] => Array.from({ length: n + 1 }, (_, k) => k);

const meanOf = (n: number, chance: (k: number) => number, value: (k: number) => number): number =>
  upTo(n).reduce((sum, k) => sum + chance(k) * value(k), 0);

describe('E of errors split between two versions', () => {
  it('is 1 in the mean where the hypothesis just holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        share,
        priors,
        sidesOf,
        (n, p0, prior, sides) => {
          const e = (x: number): number => Math.exp(countLogE({ x, n, p0, prior, sides }));
          expect(meanOf(n, (k) => binomial(n, k, p0), e)).toBeCloseTo(1, 8);
        },
      ),
    );
  });

  it('is 1 at the most in the mean where the candidate is better than allowed, one-sided', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), share, share, priors, (n, p0, part, prior) => {
        const e = (x: number): number => Math.exp(countLogE({ x, n, p0, prior, sides: 'one' }));
        expect(meanOf(n, (k) => binomial(n, k, p0 * part), e)).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  it('stays in the mean what it is, one error later', () => {
    const seen = fc
      .integer({ min: 0, max: 60 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
    fc.assert(
      fc.property(seen, share, priors, sidesOf, ([n, x], p0, prior, sides) => {
        const e = (x2: number, n2: number): number =>
          Math.exp(countLogE({ x: x2, n: n2, p0, prior, sides }));
        const next = p0 * e(x + 1, n + 1) + (1 - p0) * e(x, n + 1);
        expect(Math.abs(next / e(x, n) - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('is 1 at the most in the mean with the share of requests counted in p0’s place', () => {
    // Given the requests of both versions, the errors of one are drawn without putting back.
    const counted = fc.record({
      mine: fc.integer({ min: 1, max: 40 }),
      theirs: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(counted, share, priors, sidesOf, ({ mine, theirs }, part, prior, sides) => {
        const all = mine + theirs;
        const n = Math.ceil(part * all);
        const chance = (x: number): number =>
          x > mine || n - x > theirs
            ? 0
            : Math.exp(logChoose(mine, x) + logChoose(theirs, n - x) - logChoose(all, n));
        const e = (x: number): number =>
          Math.exp(countLogE({ x, n, p0: mine / all, prior, sides }));
        expect(meanOf(n, chance, e)).toBeLessThan(1 + 1e-9);
      }),
    );
  });

  it('does not care which version is called the candidate, two-sided', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), share, priors, (x, y, p0, { a, b }) => {
        const one = countLogE({ x, n: x + y, p0, prior: { a, b }, sides: 'two' });
        const other = countLogE({
          x: y,
          n: x + y,
          p0: 1 - p0,
          prior: { a: b, b: a },
          sides: 'two',
        });
        expect(Math.abs(one - other)).toBeLessThan(1e-8 * Math.max(1, Math.abs(one)));
      }),
    );
  });

  it('is a number for every count up to ten million', () => {
    const counts = fc.integer({ min: 0, max: 10_000_000 });
    const anyShare = fc.oneof(share, fc.constantFrom(1e-12, 1e-6, 1 - 1e-6, 1 - 1e-12));
    fc.assert(
      fc.property(counts, counts, anyShare, sidesOf, (one, other, p0, sides) => {
        const [x, n] = [Math.min(one, other), Math.max(one, other)];
        const logE = countLogE({ x, n, p0, prior: { a: 1, b: 1 }, sides });
        expect(Number.isFinite(logE)).toBe(true);
        expect(logE).toBeGreaterThan(-40);
      }),
    );
  });
});

describe('the chance that a harmless candidate ever reaches 1/α', () => {
  it.each([
    { p0: 0.1, alpha: 0.05 },
    { p0: 0.5, alpha: 0.05 },
    { p0: 0.3, alpha: 0.01 },
  ])('is below α = $alpha at p0 = $p0, looking after each of 300 errors', ({ p0, alpha }) => {
    let alive: readonly number[] = [1];
    let alarmed = 0;
    for (let n = 1; n <= 300; n += 1) {
      const arrived = upTo(n).map((x) => (alive[x] ?? 0) * (1 - p0) + (alive[x - 1] ?? 0) * p0);
      const isAlarm = (x: number): boolean =>
        countLogE({ x, n, p0, prior: { a: 1, b: 1 }, sides: 'one' }) >= -Math.log(alpha);
      alarmed += arrived.reduce((sum, chance, x) => (isAlarm(x) ? sum + chance : sum), 0);
      alive = arrived.map((chance, x) => (isAlarm(x) ? 0 : chance));
    }
    expect(alarmed).toBeGreaterThan(alpha / 20);
    expect(alarmed).toBeLessThan(alpha);
  });
});
