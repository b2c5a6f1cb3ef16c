import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  countLogE,
  defaultErrorCountSettings,
  judgeErrorCounts,
  type CountLook,
  type ErrorCountSettings,
} from './index.js';

const judge = (looks: readonly CountLook[], settings: Partial<ErrorCountSettings> = {}) =>
  judgeErrorCounts({ looks }, { ...defaultErrorCountSettings, ...settings });

const at = (weight: number, errors: number, stableErrors: number): CountLook => ({
  candidate: { requests: 10_000 * weight, errors },
  stable: { requests: 10_000 * (1 - weight), errors: stableErrors },
  weight,
});

const prior = { a: 1, b: 1 };

describe('segments of one weight each', () => {
  it('start afresh with their own p0, and their evidence adds up', () => {
    const { evidence } = judge([at(0.1, 12, 28), at(0.5, 60, 40), at(0.1, 5, 40)]);
    const [first, second, third] = [
      countLogE({ x: 12, n: 40, p0: 0.1, prior, sides: 'one' }),
      countLogE({ x: 60, n: 100, p0: 0.5, prior, sides: 'one' }),
      countLogE({ x: 5, n: 45, p0: 0.1, prior, sides: 'one' }),
    ] as const;
    expect(evidence.segments).toHaveLength(3);
    expect(evidence.logE).toBeCloseTo(first + second + third, 9);
    expect(evidence.looks[1]?.logE).toBeCloseTo(first + second, 9);
  });

  it('begin with another weight or another segment, and not else', () => {
    const counted = at(0.1, 1, 1);
    expect(judge([counted, counted]).evidence.segments).toHaveLength(1);
    expect(judge([counted, at(0.2, 1, 1)]).evidence.segments).toHaveLength(2);
    const marked = [
      { ...counted, segment: 1 },
      { ...counted, segment: 1 },
      { ...counted, segment: 2 },
    ];
    expect(judge(marked).evidence.segments.map(({ segment, n }) => [segment, n])).toEqual([
      [1, 4],
      [2, 2],
    ]);
  });

  it('take p0 from the requests counted in them, or from the weight', () => {
    const skewed = { ...at(0.1, 30, 70), candidate: { requests: 3_000, errors: 30 } };
    const observed = judge([skewed]).evidence.segments[0];
    expect(observed?.p0).toBeCloseTo(0.25, 12);
    const programmed = judge([skewed], { exposure: 'programmed' }).evidence;
    expect(programmed.segments[0]?.p0).toBeCloseTo(0.1, 12);
    expect(programmed.logE).toBeCloseTo(13.300933, 5);
  });

  it('put the allowed ratio into p0 = w r / (w r + 1 − w)', () => {
    const { evidence } = judge([at(0.2, 10, 10)], { maxRatio: 1.5 });
    expect(evidence.segments[0]?.p0).toBeCloseTo(0.3 / 1.1, 12);
  });

  it('in which nothing can be compared neither speak for nor against', () => {
    const { evidence } = judge([at(0.1, 30, 70), at(1, 500, 0)]);
    expect(evidence.segments[1]).not.toHaveProperty('p0');
    expect(evidence.logE).toBeCloseTo(13.300933, 5);
  });

  it('keep the harm of a later one, however good an earlier one was', () => {
    const { kind, evidence } = judge([at(0.5, 0, 5_000), at(0.1, 60, 40)]);
    expect(evidence.looks[0]?.logE).toBeCloseTo(-Math.log(5_001), 6);
    expect(kind).toBe('fail');
  });
});

const counted = fc
  .record({
    requests: fc.integer({ min: 1, max: 5_000 }),
    stableRequests: fc.integer({ min: 1, max: 5_000 }),
    errors: fc.nat(100),
    stableErrors: fc.nat(100),
    weight: fc.constantFrom(0.1, 0.5),
  })
  .map(({ requests, stableRequests, errors, stableErrors, weight }): CountLook => ({
    candidate: { requests, errors },
    stable: { requests: stableRequests, errors: stableErrors },
    weight,
  }));

const half = ({ candidate, stable, weight }: CountLook): CountLook => ({
  candidate: { requests: candidate.requests / 2, errors: candidate.errors / 2 },
  stable: { requests: stable.requests / 2, errors: stable.errors / 2 },
  ...(weight === undefined ? {} : { weight }),
});

describe('looks', () => {
  it('change nothing by being two instead of one', () => {
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 8 }), (looks) => {
        const once = judge(looks).evidence;
        const twice = judge(looks.flatMap((look) => [half(look), half(look)])).evidence;
        expect(twice.segments).toEqual(once.segments);
        expect(twice.logE).toBe(once.logE);
        expect(twice.ratio).toEqual(once.ratio);
        expect(twice.looks.filter((_, i) => i % 2 === 1)).toEqual(once.looks);
      }),
    );
  });
});
