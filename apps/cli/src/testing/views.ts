import type { Release, ReleaseEvent } from '@spillway/sdk';

type Rollout = Release['rollouts'][number];

export const id = '00000000-0000-4000-8000-000000000001';

export const aRollout = (overrides: Partial<Rollout> = {}): Rollout => ({
  cluster: 'eu-west',
  wave: 0,
  weight: 10,
  routes: [],
  generation: 2,
  applied: true,
  verified: { level: 'readBack', at: '2026-01-05T10:00:05.000Z' },
  ...overrides,
});

/** Half a minute into its second step, in two waves. */
export const aReleaseView = (overrides: Partial<Release> = {}): Release => ({
  id,
  service: 'shop/catalog',
  stable: 'v1',
  candidate: 'v2',
  strategy: { name: 'canary-10', version: 3 },
  phase: 'progressing',
  final: false,
  because: 'v2 gets 10 % in eu-west',
  description: '',
  requestedBy: 'anna',
  createdAt: '2026-01-05T10:00:00.000Z',
  progress: { stepIndex: 1, steps: 4, current: 'wave 1: bake for 5m' },
  plan: {
    waves: [{ clusters: ['eu-west'] }, { clusters: ['us-east'] }],
    steps: [],
    maxUnavailableClusters: 0,
    rollBack: 'everywhere',
    drift: 'heal',
    verify: 'readBack',
  },
  gates: [],
  overriddenFreezes: [],
  rollouts: [aRollout(), aRollout({ cluster: 'us-east', wave: 1, weight: 0, generation: 1 })],
  revision: 7,
  ...overrides,
});

export const anEvent = (
  sequence: number,
  because: string,
  overrides: Partial<ReleaseEvent> = {},
): ReleaseEvent => ({
  sequence,
  type: 'trafficShifted',
  because,
  actor: 'spillway',
  at: new Date(Date.UTC(2026, 0, 5, 10, 0, sequence)).toISOString(),
  verdicts: [],
  hash: '0'.repeat(64),
  ...overrides,
});

export const someEvents: readonly ReleaseEvent[] = [
  anEvent(1, 'Faster search', { type: 'created', actor: 'anna' }),
  anEvent(2, 'both versions can be routed to in every cluster', { type: 'prepared' }),
  anEvent(3, 'v2 gets 10 % in eu-west'),
  anEvent(
    4,
    'success-rate in eu-west: 3 of 3 measurements passed, the last was 100 % (stable 99.55 %), 154 requests in all, must be at least 99 %; latency-p99 in eu-west: 3 of 3 measurements passed, the last was 208.8 ms',
    { type: 'stepCompleted' },
  ),
];
