import type { Cluster } from '@spillway/domain-topology';
import { basisPoints, clusterName, duration } from '@spillway/kernel';
import { expandPlan } from '../expand-plan.js';
import type { Plan } from '../plan.js';
import type { StepTemplate, Strategy } from '../strategy.js';
import { aStrategy } from './a-strategy.js';

export const eu = clusterName('eu');
export const us = clusterName('us');

/** Each alone in its region, and not in the order in which a plan has them. */
export const clusters: readonly Cluster[] = [us, eu].map((name) => ({
  name,
  labels: { region: name },
}));

/** What `aStrategy` becomes in both. */
export function planOf(overrides: Partial<Strategy> = {}): Plan {
  const expanded = expandPlan(aStrategy(overrides), clusters);
  if (!expanded.ok) throw new Error(expanded.error.message);
  return expanded.value;
}

export const set = (weight: number): StepTemplate => ({
  kind: 'setWeight',
  weight: basisPoints(weight),
});

export const bake: StepTemplate = { kind: 'bake', length: duration(60_000) };
