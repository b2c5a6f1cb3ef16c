import { describe, expect, it } from '@jest/globals';
import { basisPoints, duration } from '@spillway/kernel';
import { expandPlan } from './expand-plan.js';
import type { Strategy } from './strategy.js';
import { aMetric, aStrategy } from './testing/index.js';
import { bake, clusters, eu, planOf, set, us } from './testing/two-regions.js';

describe('the plan of a fleet', () => {
  it('bakes at 100 % after each wave that is to, also of several that came of one', () => {
    const waves: Strategy['waves'] = [
      { kind: 'rest', atOnce: 1, bakeAfter: duration(5_000), pace: 2 },
    ];
    const metrics = [aMetric()];
    const steps = [set(10_000), bake];
    const baked = { kind: 'bake', length: duration(5_000), metrics };
    expect(planOf({ waves, steps, metrics })).toMatchObject({
      waves: [[eu], [us]],
      steps: [0, 1].flatMap((wave) => [
        { wave, ...set(10_000) },
        { wave, kind: 'bake', length: duration(120_000) },
        { wave, ...baked },
      ]),
    });
  });

  it('puts up with a share of the clusters, or with a number, whichever is more', () => {
    const lost = (count: number, percent: number) =>
      planOf({ maxUnavailableClusters: count, maxUnavailableShare: basisPoints(percent * 100) })
        .maxUnavailableClusters;
    expect([lost(0, 49), lost(0, 50), lost(0, 100), lost(2, 50)]).toEqual([0, 1, 2, 2]);
  });

  it('goes by the slowest cluster of a wave', () => {
    const overrides: Strategy['overrides'] = [
      { kind: 'names', names: [us], pace: 3 },
      { kind: 'labels', labels: { region: 'us' }, pace: 50 },
    ];
    const lengths = (waves: Strategy['waves']) =>
      planOf({ waves, overrides, steps: [bake] }).steps.flatMap((step) =>
        step.kind === 'bake' ? [step.length] : [],
      );
    expect(lengths([{ kind: 'rest', pace: 2 }])).toEqual([360_000]);
    expect(lengths([{ kind: 'rest', atOnce: 1 }])).toEqual([60_000, 180_000]);
  });

  it('knows what bounds its metrics have where', () => {
    const overrides: Strategy['overrides'] = [
      { kind: 'labels', labels: { region: 'us' }, bounds: [{ metric: 'success-rate', min: 90 }] },
    ];
    const metrics = [aMetric({ name: 'success-rate', min: 99 })];
    expect(planOf({ overrides, metrics }).bounds).toEqual([
      { cluster: us, metric: 'success-rate', min: 90 },
    ]);
  });
});

describe('is refused', () => {
  it.each<[string, Partial<Strategy>, object]>([
    [
      'with a wave of no cluster at once',
      { waves: [{ kind: 'rest', atOnce: 0 }] },
      { code: 'INVALID_STRATEGY', field: 'waves[0].atOnce' },
    ],
    [
      'with limits that let nothing happen',
      { limits: { clusters: basisPoints(0) } },
      { code: 'INVALID_STRATEGY', field: 'limits' },
    ],
    ['with limits that say nothing', { limits: {} }, { code: 'INVALID_STRATEGY', field: 'limits' }],
    [
      'with an override of a pace that is none',
      { overrides: [{ kind: 'names', names: [eu], pace: 0 }] },
      { code: 'INVALID_STRATEGY', field: 'overrides[0].pace' },
    ],
    [
      'with an override of a metric that it does not have',
      {
        overrides: [{ kind: 'labels', labels: {}, bounds: [{ metric: 'latency', max: 5 }] }],
      },
      { code: 'INVALID_STRATEGY', field: 'overrides[0].bounds[0].metric' },
    ],
    [
      'with an override that makes bounds cross',
      {
        metrics: [aMetric({ name: 'rate', min: 99 })],
        overrides: [{ kind: 'labels', labels: {}, bounds: [{ metric: 'rate', max: 98 }] }],
      },
      { code: 'INVALID_STRATEGY' },
    ],
  ])('%s', (_, overrides, error) => {
    expect(expandPlan(aStrategy(overrides), clusters)).toMatchObject({ ok: false, error });
  });
});
