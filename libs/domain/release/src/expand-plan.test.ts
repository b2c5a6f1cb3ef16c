import { describe, expect, it } from '@jest/globals';
import { EVERYTHING, basisPoints, clusterName, duration } from '@spillway/kernel';
import fc from 'fast-check';
import { expandPlan } from './expand-plan.js';
import type { StepTemplate, Strategy } from './strategy.js';
import { aMetric, aStrategy } from './testing/index.js';
import { bake, clusters, eu, planOf, set, us } from './testing/two-regions.js';

describe('a plan', () => {
  it('takes all steps wave by wave, and ends each at 100 %', () => {
    const waves: Strategy['waves'] = [
      { kind: 'labels', labels: { region: 'us' } },
      { kind: 'rest' },
    ];
    const steps = [set(1_000), bake];
    const metrics = [aMetric()];
    expect(planOf({ waves, steps, metrics })).toEqual({
      waves: [[us], [eu]],
      maxUnavailableClusters: 0,
      steps: [0, 1].flatMap((wave) => [
        { wave, ...set(1_000) },
        { wave, ...bake, metrics },
        { wave, ...set(10_000) },
      ]),
    });
  });

  it.each<[string, readonly StepTemplate[], number]>([
    ['adds 100 % to no steps at all', [], 1],
    ['adds 100 % after the last weight', [set(1_000)], 2],
    ['adds nothing where the last weight is 100 %', [set(10_000)], 1],
    ['adds nothing where something follows 100 %', [set(10_000), bake], 2],
    ['adds 100 % to steps that set no weight', [{ kind: 'pause' }], 2],
  ])('%s', (_, steps, length) => {
    const expanded = planOf({ steps }).steps;
    expect(expanded).toHaveLength(length);
    expect(expanded.findLast(({ kind }) => kind === 'setWeight')).toMatchObject({
      weight: EVERYTHING,
    });
  });

  it('binds an analysis to its own metrics, or to those of the strategy', () => {
    const own = aMetric({ name: 'own' });
    const { steps } = planOf({
      steps: [set(1), { kind: 'analyze', metrics: [] }, { kind: 'analyze', metrics: [own] }],
    });
    const found = steps.flatMap((step) => (step.kind === 'analyze' ? [step.metrics] : []));
    expect(found).toEqual([[aMetric()], [own]]);
  });

  it('takes as many measurements of each metric as it iterates', () => {
    const [a, b] = [aMetric({ name: 'a', count: 3 }), aMetric({ name: 'b', count: 9 })];
    const { steps } = planOf({
      metrics: [a, b],
      steps: [set(1), { kind: 'analyze', metrics: [], iterations: 5 }],
    });
    expect(steps[1]).toMatchObject({
      metrics: [
        { ...a, count: 5 },
        { ...b, count: 5 },
      ],
    });
  });

  it('makes weights and bakes of a ramp, each of its part of the time', () => {
    const metrics = [aMetric()];
    const ramp = { from: basisPoints(100), to: basisPoints(1_000), steps: 4 };
    const { steps } = planOf({
      metrics,
      steps: [{ kind: 'ramp', ...ramp, over: duration(10_000) }],
    });
    const part = { wave: 0, kind: 'bake', length: 2_500, metrics };
    const weights = [100, 400, 700, 1_000].flatMap((weight) => [{ wave: 0, ...set(weight) }, part]);
    expect(steps).toEqual([...weights, { wave: 0, ...set(10_000) }]);
  });

  it('gives a wave its pace: bakes and ramps take longer there, pauses do not', () => {
    const waves: Strategy['waves'] = [
      { kind: 'names', names: [us], pace: 0.5 },
      { kind: 'rest', pace: 3 },
    ];
    const pause: StepTemplate = { kind: 'pause', length: duration(60_000) };
    const ramp: StepTemplate = {
      kind: 'ramp',
      from: basisPoints(1),
      to: basisPoints(2),
      steps: 2,
      over: duration(9_999),
    };
    const { steps } = planOf({ waves, steps: [ramp, bake, pause] });
    const lengths = steps.flatMap((step) => ('length' in step ? [step.length] : []));
    expect(lengths).toEqual([2_500, 2_500, 30_000, 60_000, 14_999, 14_999, 180_000, 60_000]);
  });

  it('keeps routes, copies and cookies as they were asked for, in every wave', () => {
    const waves: Strategy['waves'] = [{ kind: 'names', names: [us] }, { kind: 'rest' }];
    const steps: readonly StepTemplate[] = [
      { kind: 'route', route: { name: 'testers', match: [{ port: 80 }], where: 'mesh' } },
      { kind: 'mirror', mirror: { share: basisPoints(1), methods: 'safe' } },
      { kind: 'mirror' },
      { kind: 'removeRoute', name: 'testers' },
      { kind: 'switch' },
    ];
    const sticky = { cookie: 'c', lifetime: duration(1_000) };
    const expanded = planOf({ waves, steps, sticky });
    const bound = [...steps.slice(0, -1), set(10_000)];
    expect(expanded.steps).toEqual(
      [0, 1].flatMap((wave) => bound.map((step) => ({ ...step, wave }))),
    );
    expect(expanded.sticky).toEqual(sticky);
    expect(planOf()).not.toHaveProperty('sticky');
  });

  it('bakes at the end with the metrics of the strategy, when it says so', () => {
    const bakeAfterPromotion = duration(60_000);
    expect(planOf({ bakeAfterPromotion }).bakeAfterPromotion).toEqual({
      length: bakeAfterPromotion,
      metrics: [aMetric()],
    });
    expect(planOf()).not.toHaveProperty('bakeAfterPromotion');
  });

  it('raises weights only, in every wave, whatever the steps are', () => {
    const steps = fc
      .array(fc.nat({ max: 10_000 }))
      .map((all) => all.toSorted((a, b) => a - b).map(set));
    fc.assert(
      fc.property(steps, fc.boolean(), (some, isWaved) => {
        const waves: Strategy['waves'] = isWaved
          ? [{ kind: 'names', names: [us] }, { kind: 'rest' }]
          : [{ kind: 'rest' }];
        const expanded = planOf({ steps: some, waves });
        for (const index of expanded.waves.keys()) {
          const weights = expanded.steps.flatMap((step) =>
            step.kind === 'setWeight' && step.wave === index ? [step.weight] : [],
          );
          expect(weights).toEqual(weights.toSorted((a, b) => a - b));
          expect(weights.at(-1)).toBe(EVERYTHING);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('is refused', () => {
  const metric = aMetric();
  it.each<[string, Partial<Strategy>, object]>([
    ['without a wave', { waves: [] }, { code: 'INVALID_STRATEGY', field: 'waves' }],
    [
      'with a wave that takes no time',
      { waves: [{ kind: 'rest', pace: 0 }] },
      { code: 'INVALID_STRATEGY', field: 'waves[0].pace' },
    ],
    [
      'with an analysis of no measurement',
      { steps: [set(1), { kind: 'analyze', metrics: [], iterations: 0 }] },
      { code: 'INVALID_STRATEGY', field: 'steps[1].analyze' },
    ],
    [
      'with half a cluster that may be lost',
      { maxUnavailableClusters: 0.5 },
      { code: 'INVALID_STRATEGY', field: 'maxUnavailableClusters' },
    ],
    [
      'with less than none that may be lost',
      { maxUnavailableClusters: -1 },
      { code: 'INVALID_STRATEGY', field: 'maxUnavailableClusters' },
    ],
    [
      'with a metric that cannot be judged',
      { metrics: [metric, aMetric({ name: 'b', count: 0 })] },
      { code: 'INVALID_STRATEGY', field: 'metrics[1].count' },
    ],
    [
      'with two metrics of one name',
      { metrics: [metric, metric] },
      { code: 'INVALID_STRATEGY', field: 'metrics[1].name' },
    ],
    [
      'with an analysis of nothing',
      { metrics: [], steps: [set(1), { kind: 'analyze', metrics: [] }] },
      { code: 'INVALID_STRATEGY', field: 'steps[1].analyze' },
    ],
    [
      'with an analysis before there is traffic',
      { steps: [{ kind: 'analyze', metrics: [] }, set(1)] },
      { code: 'INVALID_STRATEGY', field: 'steps[0].analyze' },
    ],
    [
      'with an analysis while there is no traffic',
      { steps: [set(0), { kind: 'analyze', metrics: [] }] },
      { code: 'INVALID_STRATEGY', field: 'steps[1].analyze' },
    ],
    [
      'with a step whose own metric cannot be judged',
      { steps: [set(1), { kind: 'analyze', metrics: [aMetric({ count: 0 })] }] },
      { field: 'steps[1].analyze.metrics[0].count' },
    ],
    [
      'with weights that fall',
      { steps: [set(5_000), bake, set(1_000)] },
      {
        code: 'INVALID_WEIGHTS',
        field: 'steps[2].setWeight',
        message: 'Step 3 sets 10 % after 50 %.',
      },
    ],
    [
      'with a wave of no cluster',
      { waves: [{ kind: 'labels', labels: { region: 'mars' } }, { kind: 'rest' }] },
      { code: 'NO_CLUSTER_SELECTED', field: 'waves[0]' },
    ],
    [
      'with a cluster in no wave',
      { waves: [{ kind: 'names', names: [eu] }] },
      { code: 'NO_CLUSTER_SELECTED', field: 'waves' },
    ],
    [
      'with a cluster that the service is not in',
      { waves: [{ kind: 'names', names: [clusterName('mars')] }] },
      { code: 'UNKNOWN_CLUSTER', field: 'waves[0]' },
    ],
  ])('%s', (_, overrides, error) => {
    expect(expandPlan(aStrategy(overrides), clusters)).toMatchObject({ ok: false, error });
  });
});
