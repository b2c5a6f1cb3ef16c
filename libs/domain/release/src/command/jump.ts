import { isSameExposure, type Exposure } from '@spillway/domain-traffic';
import { ok, refuse, type Refusal, type Result } from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import type { Release, Rollout } from '../release.js';
import { changeTo, exposureAt, lowered } from './lowered.js';
import { refusePassing } from './passing-over.js';
import { noSuchStep, notYetThere } from './refusals.js';

type Outcome = Result<ReleaseFact | 'already', Refusal>;

/** The present step is taken as done. */
export function skipStep(release: Release, step: number | undefined, comment: string): Outcome {
  const { plan, cursor } = release;
  const index = step ?? cursor.index;
  if (index >= plan.steps.length) return refuse(noSuchStep(release, index));
  if (index < cursor.index) return ok('already');
  if (index > cursor.index) return refuse(notYetThere(release, index));
  const refused = refusePassing(release, index + 1, comment);
  return refused === undefined ? ok({ type: 'stepSkipped', index }) : refuse(refused);
}

/** Back at once, ahead by the steps in between. */
export function jumpToStep(release: Release, to: number, comment: string): Outcome {
  const { plan, cursor, skipTo = 0 } = release;
  if (plan.steps[to] === undefined) return refuse(noSuchStep(release, to));
  if (to === Math.max(cursor.index, skipTo)) return ok('already');
  if (to <= cursor.index) return ok(goBack(release, to));
  const refused = refusePassing(release, to, comment);
  return refused === undefined ? ok({ type: 'wentAhead', skipTo: to }) : refuse(refused);
}

/**
 * Takes weights down at once to what the step gives, and raises none: where the clusters have less
 * than that, the steps before it raise them once more, in their order.
 */
export function goBack(release: Release, to: number): ReleaseFact {
  for (let index = to; ; index -= 1) {
    const wanted = exposuresAt(release, index);
    const reached = wanted.map(
      ([rollout, exposure]) => [rollout, lowered(rollout, exposure.weight, exposure)] as const,
    );
    const isThere = reached.every(([, exposure], i) => {
      const whole = wanted[i]?.[1];
      return whole !== undefined && isSameExposure(exposure, whole);
    });
    if (!isThere && index > 0) continue;
    return { type: 'wentBack', index, skipTo: to, traffic: changeTo(release, reached) };
  }
}

const exposuresAt = (
  { plan, rollouts }: Release,
  index: number,
): readonly (readonly [Rollout, Exposure])[] =>
  rollouts.map((rollout) => [rollout, exposureAt(plan, rollout.wave, index)] as const);
