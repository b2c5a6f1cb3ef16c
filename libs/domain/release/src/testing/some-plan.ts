import { basisPoints, clusterName, duration } from '@spillway/kernel';
import fc from 'fast-check';
import { expandPlan } from '../expand-plan.js';
import type { Plan } from '../plan.js';
import { refuseTraffic } from '../refuse-traffic.js';
import type { StepTemplate } from '../strategy.js';
import { aMetric } from './a-strategy.js';

export const clusterNames = ['eu', 'us', 'ap'].map(clusterName);
const minute = 60_000;

const aPolicy = fc.constantFrom(
  { kind: 'ignore' } as const,
  { kind: 'fail' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'pause' } as const,
  { kind: 'hold', deadline: duration(3 * minute), then: 'rollback' } as const,
);
const someMetrics = fc
  .array(
    fc.record({
      noData: aPolicy,
      failureLimit: fc.nat({ max: 1 }),
      consecutiveErrorLimit: fc.nat({ max: 1 }),
    }),
    { maxLength: 2 },
  )
  .map((all) =>
    all.map((limits, i) =>
      aMetric({
        ...limits,
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
    weight: 3,
    arbitrary: fc.constant<StepTemplate>({ kind: 'bake', length: duration(2 * minute) }),
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

/** A plan of any strategy, for one wave or two. */
export const somePlan: fc.Arbitrary<Plan> = fc
  .record({
    isWaved: fc.boolean(),
    steps: fc.array(someStep, { maxLength: 9 }),
    metrics: someMetrics,
    maxUnavailableClusters: fc.nat({ max: 1 }),
    isBaked: fc.boolean(),
    drift: fc.constantFrom({}, {}, { drift: 'hold' as const }),
  })
  .map(({ isWaved, steps, isBaked, drift, ...limits }) => {
    const first = { kind: 'names', names: clusterNames.slice(0, 1), pace: 2 } as const;
    const expanded = expandPlan(
      {
        ...limits,
        waves: isWaved ? [first, { kind: 'rest' }] : [{ kind: 'rest' }],
        steps: legal(steps),
        ...(isBaked ? { bakeAfterPromotion: duration(2 * minute) } : {}),
      },
      clusterNames.map((name) => ({ name, labels: {} })),
    );
    if (!expanded.ok) throw new Error(expanded.error.message);
    return { ...expanded.value, ...drift };
  });
