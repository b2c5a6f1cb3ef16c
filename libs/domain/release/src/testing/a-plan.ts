import { basisPoints, clusterName, duration } from '@spillway/kernel';
import type { Plan } from '../plan.js';

/** 10 %, bake, 50 %, bake in one wave of `eu` and `us`, without metrics. */
export const aPlan = (overrides: Partial<Plan> = {}): Plan => ({
  waves: [[clusterName('eu'), clusterName('us')]],
  steps: [
    { wave: 0, kind: 'setWeight', weight: basisPoints(1_000) },
    { wave: 0, kind: 'bake', length: duration(300_000), metrics: [] },
    { wave: 0, kind: 'setWeight', weight: basisPoints(5_000) },
    { wave: 0, kind: 'bake', length: duration(300_000), metrics: [] },
  ],
  maxUnavailableClusters: 0,
  ...overrides,
});
