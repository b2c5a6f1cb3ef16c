import {
  generation,
  instant,
  NOTHING,
  releaseId,
  serviceName,
  strategyName,
  version,
} from '@spillway/kernel';
import type { Plan } from '../plan.js';
import type { Release, Rollout } from '../release.js';
import { aPlan } from './a-plan.js';

/** When the releases of tests begin, unless a test says otherwise. */
export const aMoment = instant(Date.UTC(2026, 0, 5, 10));

const untouched = (plan: Plan): readonly Rollout[] =>
  plan.waves.flatMap((clusters, wave) =>
    clusters.map((cluster) => ({
      cluster,
      wave,
      desired: { generation: generation(0), weight: NOTHING },
    })),
  );

/**
 * A release of `shop/catalog` from v1 to v2 that was just created. An override
 * is taken as it is: fields that belong to a phase must be given with it.
 */
export function aRelease(overrides: Partial<Release> = {}): Release {
  const plan = overrides.plan ?? aPlan();
  const createdAt = overrides.createdAt ?? aMoment;
  return {
    id: releaseId('00000000-0000-4000-8000-000000000001'),
    service: serviceName('shop/catalog'),
    stable: version('v1'),
    candidate: version('v2'),
    strategy: { name: strategyName('canary-10'), version: 1 },
    plan,
    requestedBy: 'anna',
    description: '',
    createdAt,
    phase: 'pending',
    because: 'anna asked for it',
    cursor: { index: 0, started: false, enteredAt: createdAt },
    generation: generation(0),
    rollouts: untouched(plan),
    revision: 1,
    ...overrides,
  };
}
