import { describe, expect, it } from '@jest/globals';
import { weighEvidence, type MetricSpec, type Verdict } from '@spillway/domain-analysis';
import { basisPoints, clusterName, duration, type ClusterName } from '@spillway/kernel';
import { alphaHere } from './detection.js';
import { expandPlan } from './expand-plan.js';
import { measuredSteps } from './measured-steps.js';
import type { Plan } from './plan.js';
import { courseOf } from './shown.js';
import type { StepTemplate } from './strategy.js';
import { compared } from './testing/counted.js';
import { aStrategy } from './testing/index.js';

const [eu, us] = ['eu', 'us'].map(clusterName) as [ClusterName, ClusterName];
const minute = 60_000;
const errors = compared({ count: 3 });
const at = (percent: number): StepTemplate => ({
  kind: 'setWeight',
  weight: basisPoints(percent * 100),
});
const bake = (minutes: number): StepTemplate => ({
  kind: 'bake',
  length: duration(minutes * minute),
});

function planOf(
  steps: readonly StepTemplate[],
  { metrics = [errors], isWaved = false, ...others }: PlanOptions = {},
): Plan {
  const first = { kind: 'names', names: [eu], pace: 2 } as const;
  const waves = isWaved ? [first, { kind: 'rest' } as const] : [{ kind: 'rest' } as const];
  const expanded = expandPlan(
    aStrategy({ steps, metrics, waves, ...others }),
    [eu, us].map((name) => ({ name, labels: {} })),
  );
  if (!expanded.ok) throw new Error(expanded.error.message);
  return expanded.value;
}
interface PlanOptions {
  readonly metrics?: readonly MetricSpec[];
  readonly isWaved?: boolean;
  readonly analysis?: NonNullable<Plan['analysis']>;
}
const lines = (plan: Plan, cluster = eu, spec = errors): readonly string[] =>
  measuredSteps(plan, spec, cluster).map(
    ({ step, weight, length, ratio, power }) =>
      `step ${step}: ${weight / 100} % for ${length / minute}m, ${ratio} times with ${power}`,
  );

describe('the steps that measure', () => {
  it('are those of the plan, each at the weight that was set before it', () => {
    expect(lines(planOf([at(10), bake(5), at(50), bake(10)]))).toEqual([
      'step 1: 10 % for 5m, 2 times with 0.9',
      'step 3: 50 % for 10m, 2 times with 0.9',
    ]);
  });

  it('are each weight of a ramp', () => {
    const ramp = { from: basisPoints(1_000), to: basisPoints(3_000), steps: 3 };
    const plan = planOf([{ kind: 'ramp', ...ramp, over: duration(6 * minute) }]);
    expect(lines(plan)).toEqual([
      'step 1: 10 % for 2m, 2 times with 0.9',
      'step 3: 20 % for 2m, 2 times with 0.9',
      'step 5: 30 % for 2m, 2 times with 0.9',
    ]);
  });

  it('of a cluster are those of its own wave, at its pace', () => {
    const plan = planOf([at(10), bake(5)], { isWaved: true });
    expect(lines(plan, eu)).toEqual(['step 1: 10 % for 10m, 2 times with 0.9']);
    expect(lines(plan, us)).toEqual(['step 4: 10 % for 5m, 2 times with 0.9']);
  });

  it('to analyze are as long as their measurements take, each step as often as it iterates', () => {
    const spec = compared({ initialDelay: duration(30_000), count: 4 });
    const analyze = { kind: 'analyze', metrics: [] } as const;
    const plan = planOf([at(10), analyze, { ...analyze, iterations: 10 }], { metrics: [spec] });
    expect(lines(plan, eu, spec)).toEqual([
      'step 1: 10 % for 4.5m, 2 times with 0.9',
      'step 2: 10 % for 10.5m, 2 times with 0.9',
    ]);
  });

  it('are looked through for what a bake is to find', () => {
    const toFind = { ratio: 3, power: 0.8 };
    const plan = planOf([at(10), { kind: 'bake', length: duration(20 * minute), toFind }]);
    expect(lines(plan)).toEqual(['step 1: 10 % for 20m, 3 times with 0.8']);
  });

  it('are none of a metric that they do not measure', () => {
    const other = compared({ name: 'other' });
    const analyze = { kind: 'analyze', metrics: [other] } as const;
    const plan = planOf([at(10), analyze, bake(5)]);
    expect(lines(plan, eu, other)).toEqual(['step 1: 10 % for 3m, 2 times with 0.9']);
    expect(lines(plan)).toEqual(['step 2: 10 % for 5m, 2 times with 0.9']);
  });

  it('have to show more where a cookie or a route picks users, until the route is over', () => {
    const route = { name: 'testers', match: [{ method: { exact: 'GET' as const } }] };
    const allowed = (plan: Plan) => measuredSteps(plan, errors, eu).map((step) => step.allowed);
    const removed = { kind: 'removeRoute', name: 'testers' } as const;
    const routed = planOf([{ kind: 'route', route }, bake(5), removed, at(10), bake(5)]);
    expect(allowed(routed)).toEqual([3, 1]);
    expect(lines(routed)).toEqual([
      'step 1: 0 % for 5m, 6 times with 0.9',
      'step 4: 10 % for 5m, 2 times with 0.9',
    ]);
    const sticky = { cookie: 'release', lifetime: duration(minute) };
    expect(allowed({ ...planOf([at(10), bake(5)]), sticky })).toEqual([3]);
  });

  it('come before any weight too, with copies', () => {
    const mirror = { share: basisPoints(1_000), methods: 'all' } as const;
    expect(lines(planOf([{ kind: 'mirror', mirror }, bake(5)]))).toEqual([
      'step 1: 0 % for 5m, 2 times with 0.9',
    ]);
  });
});

describe('what a step can spend of α', () => {
  const alphas = (plan: Plan, cluster = eu, spec = errors): readonly number[] =>
    measuredSteps(plan, spec, cluster).map(({ alpha }) => alpha);
  const four = [at(10), bake(5), at(20), bake(5), at(30), bake(5)];

  it('is half in the first of several steps, and equal shares in the others', () => {
    const [first, second, third] = alphas(planOf(four));
    expect(first).toBeCloseTo(0.01 / 2 / 2, 12);
    expect(second).toBeCloseTo(0.01 / 2 / 4, 12);
    expect(third).toBeCloseTo(0.01 / 2 / 4, 12);
  });

  it('is not divided by clusters that are independent', () => {
    const product = { alpha: 0.02, metrics: 'weight', clusters: 'product' } as const;
    expect(alphas(planOf(four, { analysis: product }))[0]).toBeCloseTo(0.01, 12);
  });

  it('is divided by the weights of metrics', () => {
    const heavy = compared({ name: 'heavy', weight: 3 });
    const plan = planOf([at(10), bake(5)], { metrics: [errors, heavy] });
    expect(alphas(plan, eu, heavy)[0]).toBeCloseTo(0.75 * 0.005, 12);
  });

  it('is all that was started so far where a cluster joins late: nothing speaks against it yet', () => {
    const plan = planOf([at(10), bake(5), at(50), bake(5)], { isWaved: true });
    const [first, second] = alphas(plan, us);
    // Half, and three of the three sixths that three later steps share.
    expect(first).toBeCloseTo((0.01 / 2) * (0.5 + 2 / 6), 12);
    expect(second).toBeCloseTo(0.01 / 2 / 6, 12);
  });
});

describe('is what evidence has to overcome', () => {
  const verdictOf = (cluster: ClusterName, logE: number): Verdict =>
    ({
      kind: 'running',
      because: '',
      evidence: { metric: 'errors', cluster, comparison: { logE, because: '' } },
    }) as unknown as Verdict;
  const needed = (alpha: number): number => -Math.log(alpha);
  /** Everything else has shown health: no other start and no other cluster helps. */
  const isHarm = (plan: Plan, done: number, logE: number): boolean => {
    const sums = done === 0 ? [] : [{ metric: 'errors', cluster: eu, logSum: -1e3 }];
    const course = courseOf({ plan, shown: { steps: done, sums } });
    const verdicts = weighEvidence([verdictOf(eu, logE), verdictOf(us, -1e3)], course);
    return verdicts.some(({ kind }) => kind === 'fail');
  };

  it.each(['average', 'product'] as const)('in one cluster, by the %s of clusters', (clusters) => {
    const analysis = { alpha: 0.01, metrics: 'weight', clusters } as const;
    const plan = planOf([at(10), bake(5), at(50), bake(5)], { analysis });
    const [, last] = measuredSteps(plan, errors, eu);
    const logE = needed(last?.alpha ?? NaN);
    if (clusters === 'average') {
      expect(isHarm(plan, 1, logE + 1e-6)).toBe(true);
      expect(isHarm(plan, 1, logE - 1e-6)).toBe(false);
    } else {
      const course = courseOf({ plan, shown: { steps: 1, sums: [] } });
      const verdict = weighEvidence([verdictOf(eu, logE + 1e-6)], course);
      expect(verdict[0]?.kind).toBe('fail');
    }
  });

  it('in the first step, up to what starts to come are worth', () => {
    const plan = planOf([at(10), bake(5), at(50), bake(5)]);
    const [first] = measuredSteps(plan, errors, eu);
    const e = 1 / (first?.alpha ?? NaN);
    // Of 400, half a start to come in each of the two clusters counts for two.
    expect(isHarm(plan, 0, Math.log(e - 1.99))).toBe(true);
    expect(isHarm(plan, 0, Math.log(e - 2.01))).toBe(false);
  });

  it('more of where the steps before have shown something', () => {
    const plan = planOf([at(10), bake(5), at(50), bake(5)]);
    const alphaAfter = (logSum: number): number =>
      alphaHere(
        errors,
        eu,
        courseOf({ plan, shown: { steps: 1, sums: [{ metric: 'errors', cluster: eu, logSum }] } }),
      );
    expect(alphaAfter(Math.log(3))).toBeCloseTo((0.01 / 2) * 3.5, 12);
    expect(alphaAfter(1e3)).toBeLessThan(1);
  });
});
