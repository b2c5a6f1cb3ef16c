import { expect, it } from '@jest/globals';
import { duration, instant } from '@spillway/kernel';
import fc from 'fast-check';
import type { MetricSpec, NoDataPolicy } from '../metric/metric-spec.js';
import { aMetricCase, readingKinds, type ReadingKind } from '../testing/index.js';
import { judgeByThreshold } from './threshold-judge.js';

const now = instant(1_900_000_000_000);
const aKind = fc.constantFrom(...readingKinds);
const aPolicy: fc.Arbitrary<NoDataPolicy> = fc.constantFrom<NoDataPolicy>(
  { kind: 'ignore' },
  { kind: 'fail' },
  { kind: 'hold', deadline: duration(60_000), then: 'pause' },
);
const limits: fc.Arbitrary<Partial<MetricSpec>> = fc.record({
  count: fc.integer({ min: 1, max: 5 }),
  failureLimit: fc.nat({ max: 3 }),
  consecutiveErrorLimit: fc.nat({ max: 3 }),
  noData: aPolicy,
});
const judge = (kinds: readonly ReadingKind[], spec: Partial<MetricSpec>) =>
  judgeByThreshold(aMetricCase(kinds, spec), now);
const runs = { numRuns: 3_000 };

it('never takes a failure back, whatever is measured after it', () => {
  fc.assert(
    fc.property(fc.array(aKind), fc.array(aKind), limits, (before, more, spec) => {
      fc.pre(judge(before, spec).kind === 'fail');
      expect(judge([...before, ...more], spec).kind).toBe('fail');
    }),
    runs,
  );
});

it('never passes because of one more failed measurement that did not pass without it, beyond the limit', () => {
  fc.assert(
    fc.property(fc.array(aKind), fc.nat(), limits, (kinds, where, spec) => {
      const at = where % (kinds.length + 1);
      const worse = judge(kinds.toSpliced(at, 0, 'failed'), spec);
      if (judge(kinds, spec).kind === 'fail') expect(worse.kind).toBe('fail');
      if (worse.kind === 'pass') {
        expect(worse.evidence.failed).toBeLessThanOrEqual(spec.failureLimit ?? 0);
      }
    }),
    runs,
  );
});

it('fails in whatever order the same measurements come', () => {
  const shuffled = fc
    .array(aKind)
    .chain((kinds) =>
      fc.tuple(fc.constant(kinds), fc.shuffledSubarray(kinds, { minLength: kinds.length })),
    );
  fc.assert(
    fc.property(shuffled, limits, ([kinds, others], spec) => {
      const [a, b] = [judge(kinds, spec), judge(others, spec)];
      expect(a.kind === 'fail').toBe(b.kind === 'fail');
      const { consecutiveErrors: _a, lastValue: _v, ...counts } = a.evidence;
      expect(b.evidence).toMatchObject(counts);
    }),
    runs,
  );
});

it('counts every measurement once', () => {
  fc.assert(
    fc.property(fc.array(aKind), limits, (kinds, spec) => {
      const { evidence } = judge(kinds, spec);
      const errors = kinds.filter((kind) => kind === 'error').length;
      const { passed, failed, belowMinSample, empty, notANumber } = evidence;
      expect(evidence.measured).toBe(kinds.length);
      expect(passed + failed + belowMinSample + empty + notANumber + errors).toBe(kinds.length);
      expect(evidence.consecutiveErrors).toBeLessThanOrEqual(errors);
    }),
    runs,
  );
});

it('gives the same verdict for the same case at any moment', () => {
  fc.assert(
    fc.property(fc.array(aKind), limits, fc.nat(), (kinds, spec, later) => {
      const given = aMetricCase(kinds, spec);
      expect(judgeByThreshold(given, instant(now + later))).toEqual(judgeByThreshold(given, now));
    }),
    runs,
  );
});

it('names metric and cluster, and explains itself in one line', () => {
  fc.assert(
    fc.property(fc.array(aKind), limits, (kinds, spec) => {
      const { because } = judge(kinds, spec);
      expect(because).toMatch(/^success-rate in eu: \S.*$/);
      expect(because).not.toMatch(/undefined|NaN|\n/);
    }),
    runs,
  );
});
