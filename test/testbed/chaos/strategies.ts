import type { StrategyDocument } from '@spillway/sdk';

const bake = { bake: '400ms' };

/** Their weights differ, so that an object tells which step it is of. */
export const strategies = {
  /** One cluster first. */
  inWaves: {
    name: 'in-waves',
    waves: [{ clusters: ['eu-west'] }, { rest: true }],
    steps: [{ setWeight: 5 }, bake, { setWeight: 25 }, bake, { setWeight: 50 }, bake],
  },
  together: {
    name: 'together',
    steps: [{ setWeight: 1 }, bake, { setWeight: 10 }, bake, { setWeight: 60 }, bake],
    bakeAfterPromotion: '400ms',
  },
  /** Waits at 30 % in both clusters until somebody says what to do. */
  waiting: {
    name: 'waiting',
    steps: [{ setWeight: 10 }, bake, { setWeight: 30 }, { pause: {} }, { setWeight: 60 }, bake],
  },
} as const satisfies Record<string, StrategyDocument>;
