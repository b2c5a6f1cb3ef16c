import { EVERYTHING, type Instant } from '@spillway/kernel';
import type { ReleaseEvent } from '../event.js';
import type { Observation } from '../observation.js';
import type { Step } from '../plan.js';
import type { Release } from '../release.js';

/** Throws when a promise of the release is broken; the message says which. */
export function must(condition: boolean, promise: string, release: Release): void {
  if (condition) return;
  const { phase, cursor, because } = release;
  throw new Error(`${promise} (${phase}, step ${cursor.index}, "${because}")`);
}

interface Completion {
  readonly event: Extract<ReleaseEvent, { type: 'stepCompleted' }>;
  readonly before: Release;
  /** When the step began, or was resumed. */
  readonly since: Instant;
  readonly resumed: boolean;
  readonly seen?: Observation;
}

/** A step is complete when what it asks for has happened, and not before. */
export function mustBeComplete(completion: Completion): void {
  const { event, before, since, resumed } = completion;
  const step = before.plan.steps[event.index];
  switch (step?.kind) {
    case 'setWeight':
      return mustHaveWeight(completion, step);
    case 'bake':
      return must(event.at >= since + step.length, 'a bake takes its time', before);
    case 'pause':
      return must(resumed, 'a pause ends by being resumed', before);
    case 'analyze': {
      const verdicts = event.verdicts ?? [];
      const passed = verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'pass');
      return must(passed, 'an analysis is passed by every metric', before);
    }
    case undefined:
      return must(false, 'a step that completes exists', before);
  }
}

function mustHaveWeight(
  { before, seen }: Completion,
  { wave, weight }: Extract<Step, { kind: 'setWeight' }>,
): void {
  for (const rollout of before.rollouts) {
    if (rollout.wave !== wave) continue;
    const { cluster, desired, applied } = rollout;
    const isLost = seen?.clusters.get(cluster)?.kind === 'unreachable';
    must(desired.weight === weight, `${cluster} was told`, before);
    must(applied !== undefined || isLost, `${cluster} read back`, before);
  }
}

export function mustHaveBaked(
  { at }: Pick<ReleaseEvent, 'at'>,
  before: Release,
  since: Instant,
): void {
  const length = before.plan.bakeAfterPromotion?.length ?? 0;
  const isEverywhere = before.rollouts.every(({ desired }) => desired.weight === EVERYTHING);
  must(isEverywhere, 'success is 100 % everywhere', before);
  must(length === 0 || at >= since + length, 'it baked to the end', before);
}
