import type { MetricJudge, MetricSpec } from '@spillway/domain-analysis';
import { basisPoints, clusterName, duration } from '@spillway/kernel';
import fc from 'fast-check';
import { expandPlan } from '../expand-plan.js';
import type { Plan } from '../plan.js';
import { refuseTraffic } from '../refuse-traffic.js';
import type { StepTemplate, StrategyDraft } from '../strategy.js';
import { aMetric } from './a-strategy.js';

export const clusterNames = ['eu', 'us', 'ap'].map(clusterName);
const minute = 60_000;

const aPolicy = fc.constantFrom(
  { kind: 'ignore' } as const,
  { kind: 'fail' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'pause' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'rollback' } as const,
);
/** Of success rates, where less is worse. */
const aJudge = fc.constantFrom<MetricJudge | undefined>(
  undefined,
  { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
  { kind: 'errorCount', maxRatio: 1, minRequests: 1 },
  { kind: 'errorCount', maxRatio: 1.5, minRequests: 1_500, nonInferiorityMargin: 4 },
  { kind: 'mannWhitney', direction: 'decrease', minPoints: 2 },
  { kind: 'kayenta', direction: 'decrease' },
);
const judgedBy = fc
  .tuple(aJudge, fc.constantFrom(undefined, undefined, undefined, undefined, true as const))
  .map(([judge, dryRun]) => ({
    ...(judge && { judge }),
    ...(judge?.kind === 'mannWhitney' && { query: { kind: 'pushed', metric: 'score' } as const }),
    ...(dryRun && { dryRun }),
  }));

const someMetrics = fc
  .array(
    fc.record({
      judgedBy,
      noData: aPolicy,
      failureLimit: fc.nat({ max: 1 }),
      consecutiveErrorLimit: fc.nat({ max: 1 }),
    }),
    { maxLength: 2 },
  )
  .map((all) =>
    all.map(({ judgedBy: judged, ...limits }, i) =>
      aMetric({
        ...limits,
        ...judged,
        name: `m${i}`,
        count: 2,
        interval: duration(30_000),
        window: duration(30_000),
      }),
    ),
  );

const route = (name: string): StepTemplate => ({
  kind: 'route',
  route: { name, match: [{ headers: { 'x-tester': { exact: name } } }] },
});
const copies = (methods: 'all' | 'safe'): StepTemplate => ({
  kind: 'mirror',
  mirror: { share: basisPoints(2_500), methods },
});

const someStep: fc.Arbitrary<StepTemplate> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constant<StepTemplate>({ kind: 'bake', length: duration(2 * minute) }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(2, 50).map((ratio): StepTemplate => ({
      kind: 'bake',
      length: duration(2 * minute),
      toFind: { ratio, power: 0.9 },
    })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(1, 500, 2_550, 5_000)
      .map((weight): StepTemplate => ({ kind: 'setWeight', weight: basisPoints(weight) })),
  },
  { weight: 3, arbitrary: fc.constantFrom(route('a'), route('b'), copies('all'), copies('safe')) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<StepTemplate>(
      { kind: 'removeRoute', name: 'a' },
      { kind: 'removeRoute', name: 'b' },
      { kind: 'mirror' },
      { kind: 'switch' },
      { kind: 'pause' },
      { kind: 'pause', length: duration(minute) },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<StepTemplate>({
      kind: 'ramp',
      from: basisPoints(100),
      to: basisPoints(4_000),
      steps: 3,
      over: duration(3 * minute),
    }),
  },
  {
    weight: 2,
    arbitrary: someMetrics.map((metrics): StepTemplate => ({ kind: 'analyze', metrics })),
  },
);

/** Those of the steps that are no nonsense after those before them. */
const legal = (steps: readonly StepTemplate[]): readonly StepTemplate[] =>
  steps.reduce<readonly StepTemplate[]>((kept, step) => {
    const more = [...kept, step];
    const isEmpty = step.kind === 'analyze' && step.metrics.length === 0;
    return isEmpty || refuseTraffic(more) !== undefined ? kept : more;
  }, []);

/** Without a metric that finds harm a bake looks for none. */
const searching = (
  steps: readonly StepTemplate[],
  metrics: readonly MetricSpec[],
): readonly StepTemplate[] => {
  const finds = metrics.some(({ judge, dryRun }) => judge?.kind === 'errorCount' && !dryRun);
  return steps.map((step) =>
    step.kind === 'bake' && !finds ? { kind: 'bake', length: step.length } : step,
  );
};

const aAnalysis = fc.record({
  alpha: fc.constantFrom(0.01, 0.2),
  metrics: fc.constantFrom('weight' as const, 'holm' as const, 'eBH' as const),
  clusters: fc.constantFrom('average' as const, 'product' as const),
});

const half = basisPoints(5_000);
const byWave: Partial<StrategyDraft> = { rollBack: 'wave' };
const slowHere: Partial<StrategyDraft> = {
  overrides: [{ kind: 'names', names: clusterNames.slice(1, 2), pace: 3 }],
};

/** A plan of any strategy, for one wave or two. */
export const somePlan: fc.Arbitrary<Plan> = fc
  .record({
    isWaved: fc.boolean(),
    steps: fc.array(someStep, { maxLength: 9 }),
    metrics: someMetrics,
    maxUnavailableClusters: fc.nat({ max: 1 }),
    isBaked: fc.boolean(),
    analysis: aAnalysis,
    drift: fc.constantFrom({}, {}, { drift: 'hold' as const }),
    scope: fc.constantFrom<Partial<StrategyDraft>>({}, byWave, byWave, slowHere),
    limits: fc.constantFrom<Partial<StrategyDraft>>({}, {}, {}, { limits: { clusters: half } }),
  })
  .map(({ isWaved, steps, isBaked, drift, scope, limits: limited, ...limits }) => {
    const bakeAfter = isBaked ? { bakeAfter: duration(minute) } : {};
    const first = {
      kind: 'names',
      names: clusterNames.slice(0, 1),
      pace: 2,
      ...bakeAfter,
    } as const;
    const expanded = expandPlan(
      {
        ...limits,
        ...scope,
        ...limited,
        waves: isWaved ? [first, { kind: 'rest' }] : [{ kind: 'rest' }],
        steps: legal(searching(steps, limits.metrics)),
        ...(isBaked ? { bakeAfterPromotion: duration(2 * minute) } : {}),
      },
      clusterNames.map((name) => ({ name, labels: {} })),
    );
    if (!expanded.ok) throw new Error(expanded.error.message);
    return { ...expanded.value, ...drift };
  });
