import {
  describeStep,
  exposureAfter,
  type Plan,
  type Step,
  type TrafficStep,
} from '@spillway/domain-release';
import { isSameExposure, unexposed, type Exposure } from '@spillway/domain-traffic';
import { UsageError } from '../../usage-error.js';

/** Where a release stands: before the first step, after one of them, or at its end. */
export type Point = 'preparation' | 'end' | number;

/** What clusters of one wave have when the release stands somewhere. */
export interface Station {
  /** `step 2 of 5, wave 1: set 10 %`. */
  readonly name: string;
  readonly exposure: Exposure;
  /** Preparation is the first; every change of any cluster's traffic has the next one. */
  readonly generation: number;
  readonly isOver: boolean;
}

const first = 1;

/** `wave` from 0; without it, the one that takes the step. */
export function stationAt(plan: Plan, point: Point, wave?: number): Station {
  const taken = stepsTo(plan, point);
  const last = taken.at(-1);
  const seen = wave ?? (typeof point === 'number' ? last?.wave : undefined) ?? 0;
  if (seen >= plan.waves.length) throw noWave(plan);
  let generation = first;
  const prepared = { exposure: unexposed, generation };
  const told = plan.waves.map(() => prepared);
  for (const step of taken.filter(isTrafficStep)) {
    const before = told[step.wave] ?? prepared;
    const exposure = exposureAfter(step, before.exposure);
    if (isSameExposure(exposure, before.exposure)) continue;
    generation += 1;
    told[step.wave] = { exposure, generation };
  }
  return { ...(told[seen] ?? prepared), name: nameOf(plan, point, seen), isOver: point === 'end' };
}

function stepsTo({ steps }: Plan, point: Point): readonly Step[] {
  if (point === 'preparation') return [];
  if (point === 'end') return steps;
  if (point <= steps.length) return steps.slice(0, point);
  const all = steps.map(
    (step, index) => `${index + 1} ${describeStep(step)} (wave ${step.wave + 1})`,
  );
  throw new UsageError(
    `The plan has no step ${point}.`,
    `Write "preparation", "end", or one of: ${all.join('; ')}.`,
  );
}

const isTrafficStep = (step: Step): step is Step & TrafficStep =>
  step.kind === 'setWeight' ||
  step.kind === 'route' ||
  step.kind === 'removeRoute' ||
  step.kind === 'mirror';

const noWave = ({ waves }: Plan): UsageError =>
  new UsageError(
    `The plan has ${waves.length} ${waves.length === 1 ? 'wave' : 'waves'}.`,
    waves.map((clusters, index) => `${index + 1}: ${clusters.join(', ')}`).join('; ') + '.',
  );

function nameOf({ steps, waves }: Plan, point: Point, wave: number): string {
  const clusters = (waves[wave] ?? []).join(', ');
  if (typeof point !== 'number') return `${point}, in ${clusters}`;
  const step = steps[point - 1];
  const what = step === undefined ? '' : `, wave ${step.wave + 1}: ${describeStep(step)}`;
  return `step ${point} of ${steps.length}${what}; in ${clusters}`;
}
