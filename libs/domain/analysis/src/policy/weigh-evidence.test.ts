import { describe, expect, it } from '@jest/globals';
import { clusterName } from '@spillway/kernel';
import type { MetricSpec } from '../metric/metric-spec.js';
import { aMetricSpec } from '../testing/index.js';
import type { Comparison, Verdict } from '../verdict.js';
import { defaultAnalysisPolicy, type AnalysisPolicy } from './analysis-policy.js';
import { alphaOf, weighEvidence, type ReleaseCourse } from './weigh-evidence.js';

const errors = (name: string, weight?: number): MetricSpec =>
  aMetricSpec({
    name,
    judge: { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
    ...(weight === undefined ? {} : { weight }),
  });

/** One metric, one cluster, one step; α = 0.01. */
const aCourse = (
  change: Partial<Omit<ReleaseCourse, 'policy'>> & {
    readonly policy?: Partial<AnalysisPolicy>;
  } = {},
): ReleaseCourse => ({
  metrics: [errors('m')],
  clusters: 1,
  steps: { planned: 1, done: 0 },
  shown: [],
  ...change,
  policy: { ...defaultAnalysisPolicy, ...change.policy },
});

type Shown = Pick<Comparison, 'logE' | 'pValue'>;

const saying = (metric: string, cluster: string, shown?: Shown, kind = 'pass'): Verdict =>
  ({
    kind,
    because: `bounds of ${metric} in ${cluster}`,
    evidence: {
      metric,
      cluster: clusterName(cluster),
      measured: 1,
      passed: 1,
      failed: 0,
      belowMinSample: 0,
      empty: 0,
      notANumber: 0,
      consecutiveErrors: 0,
      requests: 1_000,
      ...(shown === undefined
        ? {}
        : {
            comparison: {
              judge: shown.logE === undefined ? 'mannWhitney' : 'errorCount',
              candidate: { n: 100 },
              stable: { n: 900 },
              isEnough: true,
              because: `figures of ${metric} in ${cluster}`,
              ...shown,
            },
          }),
    },
  }) as Verdict;

const e = (value: number): Shown => ({ logE: Math.log(value) });
const kindsOf = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.map(({ kind }) => kind);
const eOf = ({ evidence: { standing } }: Verdict): number => Math.exp(standing?.logE ?? NaN);

describe('one metric in one cluster and one step', () => {
  it('fails where e is 1/α, with its figures and what it was held against', () => {
    expect(weighEvidence([saying('m', 'eu', e(100.1))], aCourse())).toMatchObject([
      {
        kind: 'fail',
        because: 'm in eu: figures of m in eu; over all clusters and steps e = 100, stop at 100',
        evidence: { standing: { alpha: 0.01 } },
      },
    ]);
  });

  it('stays as it is where e is less, and says what it stands at', () => {
    const [verdict] = weighEvidence([saying('m', 'eu', e(99.9))], aCourse());
    expect(verdict).toMatchObject({ kind: 'pass', because: 'bounds of m in eu' });
    expect(verdict && eOf(verdict)).toBeCloseTo(99.9, 9);
    expect(verdict?.evidence.standing?.pValue).toBeCloseTo(1 / 99.9, 12);
  });

  it('fails by a p-value of α', () => {
    expect(kindsOf(weighEvidence([saying('m', 'eu', { pValue: 0.0101 })], aCourse()))).toEqual([
      'pass',
    ]);
    expect(weighEvidence([saying('m', 'eu', { pValue: 0.0099 })], aCourse())).toMatchObject([
      {
        kind: 'fail',
        because:
          'm in eu: figures of m in eu; over all clusters and steps p = 0.0099, stop at 0.01',
      },
    ]);
  });

  it.each(['fail', 'noData', 'inconclusive', 'running'])(
    'leaves a verdict of %s alone without harm',
    (kind) => {
      const before = saying('m', 'eu', e(0.2), kind);
      expect(weighEvidence([before], aCourse())).toMatchObject([{ kind, because: before.because }]);
    },
  );

  it('does not explain anew what fails by its bounds', () => {
    const before = saying('m', 'eu', e(1e9), 'fail');
    expect(weighEvidence([before], aCourse())).toMatchObject([
      { kind: 'fail', because: before.because },
    ]);
  });

  it('adds no standing where nothing is compared', () => {
    const before = saying('m', 'eu');
    expect(weighEvidence([before], aCourse())).toEqual([before]);
  });
});

describe('metrics share α', () => {
  const two = [errors('a', 3), errors('b')];
  const course = (metrics: AnalysisPolicy['metrics']): ReleaseCourse =>
    aCourse({ metrics: two, policy: { metrics } });
  const verdictsOf = (a: number, b: number) => [saying('a', 'eu', e(a)), saying('b', 'eu', e(b))];

  it('by weight', () => {
    expect(two.map((metric) => alphaOf(metric, course('weight')))).toEqual([0.0075, 0.0025]);
    expect(kindsOf(weighEvidence(verdictsOf(134, 399), course('weight')))).toEqual([
      'fail',
      'pass',
    ]);
    expect(kindsOf(weighEvidence(verdictsOf(133, 401), course('weight')))).toEqual([
      'pass',
      'fail',
    ]);
  });

  it('by Holm: what one has won the other may spend', () => {
    expect(kindsOf(weighEvidence(verdictsOf(134, 101), course('holm')))).toEqual(['fail', 'fail']);
    expect(kindsOf(weighEvidence(verdictsOf(133, 101), course('holm')))).toEqual(['pass', 'pass']);
  });

  it('by e-BH: two that are half as strong fail together', () => {
    const equal = aCourse({ metrics: [errors('a'), errors('b')], policy: { metrics: 'eBH' } });
    expect(kindsOf(weighEvidence(verdictsOf(101, 101), equal))).toEqual(['fail', 'fail']);
    expect(kindsOf(weighEvidence(verdictsOf(199, 99), equal))).toEqual(['pass', 'pass']);
    expect(kindsOf(weighEvidence(verdictsOf(201, 1), equal))).toEqual(['fail', 'pass']);
  });

  it('by e-BH of p-values as 1 / (2√p)', () => {
    const one = aCourse({ policy: { metrics: 'eBH' } });
    const at = (pValue: number) => kindsOf(weighEvidence([saying('m', 'eu', { pValue })], one));
    expect([at(2.6e-5), at(2.4e-5), at(0)]).toEqual([['pass'], ['fail'], ['fail']]);
  });

  it('without those that are not of the course, which are judged as if they had one', () => {
    const dry = errors('dry');
    const with2 = aCourse({ metrics: [errors('m')] });
    expect(alphaOf(dry, with2)).toBe(0.005);
    const verdicts = [saying('m', 'eu', e(101)), saying('dry', 'eu', e(1e9))];
    expect(weighEvidence(verdicts, with2)).toMatchObject([{ kind: 'fail' }, verdicts[1] as object]);
  });
});

describe('clusters', () => {
  const three = (clusters: AnalysisPolicy['clusters']): ReleaseCourse =>
    aCourse({ clusters: 3, policy: { clusters } });

  it('are averaged, those that are not measured as 1', () => {
    const verdicts = weighEvidence(
      [saying('m', 'eu', e(290)), saying('m', 'us', e(8))],
      three('average'),
    );
    expect(verdicts.map(eOf)).toEqual([expect.closeTo(299 / 3, 9), expect.closeTo(299 / 3, 9)]);
    expect(kindsOf(verdicts)).toEqual(['pass', 'pass']);
  });

  it('let the one fail that shows most', () => {
    const verdicts = [saying('m', 'eu', e(1)), saying('m', 'us', e(310)), saying('m', 'ap', e(9))];
    expect(weighEvidence(verdicts, three('average'))).toMatchObject([
      { kind: 'pass' },
      { kind: 'fail', because: expect.stringMatching(/^m in us: figures of m in us; over all/) },
      { kind: 'pass' },
    ]);
  });

  it('are multiplied where they are said to be independent', () => {
    const verdicts = [saying('m', 'eu', e(11)), saying('m', 'us', e(10))];
    expect(kindsOf(weighEvidence(verdicts, three('product')))).toEqual(['fail', 'pass']);
    expect(kindsOf(weighEvidence(verdicts, three('average')))).toEqual(['pass', 'pass']);
  });

  it('count as 1 without data, and those that show health count against harm only in a product', () => {
    const verdicts = [saying('m', 'eu', e(310)), saying('m', 'us'), saying('m', 'ap', e(1e-9))];
    expect(kindsOf(weighEvidence(verdicts, three('average')))).toEqual(['fail', 'pass', 'pass']);
    expect(kindsOf(weighEvidence(verdicts, three('product')))).toEqual(['pass', 'pass', 'pass']);
  });

  it('say so where one alone would be harm and all together are not', () => {
    expect(weighEvidence([saying('m', 'eu', e(150))], three('average'))).toMatchObject([
      {
        kind: 'pass',
        because: 'm in eu: figures of m in eu; over all clusters and steps e = 50, stop at 100',
      },
    ]);
  });
});

describe('steps', () => {
  const shown = (value: number) => [
    { metric: 'm', cluster: clusterName('eu'), logSum: Math.log(value) },
  ];

  it('go on from what those before have shown', () => {
    const steps = { planned: 3, done: 1 };
    const course = aCourse({ steps, shown: shown(4) });
    // (4 + ¼) · 20 + ¼
    const [verdict] = weighEvidence([saying('m', 'eu', e(20))], course);
    expect(verdict && eOf(verdict)).toBeCloseTo(85.25, 9);
    expect(kindsOf(weighEvidence([saying('m', 'eu', e(24))], course))).toEqual(['fail']);
  });

  it('keep what a cluster has shown that is not measured in this step', () => {
    const steps = { planned: 2, done: 1 };
    const course = aCourse({ clusters: 2, steps, shown: shown(60) });
    // eu: 60 + ½, us: 2.
    const [verdict] = weighEvidence([saying('m', 'us', e(2))], course);
    expect(verdict && eOf(verdict)).toBeCloseTo((60.5 + 2) / 2, 9);
  });

  it('correct p-values for clusters and steps', () => {
    const course = aCourse({ clusters: 2, steps: { planned: 5, done: 0 } });
    const at = (pValue: number) => kindsOf(weighEvidence([saying('m', 'eu', { pValue })], course));
    expect([at(0.00099), at(0.00101)]).toEqual([['fail'], ['pass']]);
    expect(weighEvidence([saying('m', 'eu', { pValue: 0.5 })], course)).toMatchObject([
      { evidence: { standing: { pValue: 1 } } },
    ]);
  });
});

it('gives no number that JSON has not', () => {
  const extremes = [1e4, -1e4, 0].map((logE) => ({ logE }));
  for (const clusters of ['average', 'product'] as const) {
    for (const metrics of ['weight', 'holm', 'eBH'] as const) {
      const course = aCourse({
        clusters: 3,
        metrics: [errors('m'), errors('p')],
        steps: { planned: 4, done: 2 },
        policy: { metrics, clusters },
      });
      const verdicts = [
        ...['eu', 'us', 'ap'].map((name, i) => saying('m', name, extremes[i])),
        saying('p', 'eu', { pValue: 0 }),
      ];
      const weighed = weighEvidence(verdicts, course);
      expect(JSON.parse(JSON.stringify(weighed))).toEqual(weighed);
    }
  }
});
