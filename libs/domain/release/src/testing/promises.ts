import { EVERYTHING, NOTHING, type Instant } from '@spillway/kernel';
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

/** The end of a step or of the last bake, and what was seen then. */
interface Judged {
  readonly event: Extract<ReleaseEvent, { type: 'stepCompleted' | 'succeeded' }>;
  readonly before: Release;
  readonly seen?: Observation;
}

interface Completion extends Judged {
  readonly event: Extract<ReleaseEvent, { type: 'stepCompleted' }>;
  /** When the step began, or was resumed. */
  readonly since: Instant;
  readonly resumed: boolean;
}

/** A step is complete when what it asks for has happened, and not before. */
export function mustBeComplete(completion: Completion): void {
  const { event, before, since, resumed } = completion;
  const step = before.plan.steps[event.index];
  switch (step?.kind) {
    case 'setWeight':
      return mustHaveWeight(completion, step);
    case 'bake':
      must(event.at >= since + step.length, 'a bake takes its time', before);
      return mustBeJudged(completion, step.metrics.length);
    case 'pause':
      return must(resumed, 'a pause ends by being resumed', before);
    case 'analyze': {
      const verdicts = event.verdicts ?? [];
      const passed = verdicts.length > 0 && verdicts.every(({ kind }) => kind === 'pass');
      must(passed, 'an analysis is passed by every metric', before);
      return mustBeJudged(completion, step.metrics.length);
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

/** Nobody looked away: each cluster had what it was told to have, and each metric a measurement. */
function mustBeJudged({ event, before, seen }: Judged, metrics: number): void {
  const verdicts = event.verdicts ?? [];
  const measured = before.rollouts.filter(({ desired, applied, cluster }) => {
    const isLost = seen?.clusters.get(cluster)?.kind === 'unreachable';
    must(applied !== undefined || isLost, `${cluster} had its routing`, before);
    return applied !== undefined && desired.weight > NOTHING;
  });
  must(verdicts.length === measured.length * metrics, 'every metric everywhere', before);
  for (const { evidence } of verdicts) must(evidence.measured > 0, 'measured once', before);
}

export function mustHaveBaked(judged: Judged & { readonly since: Instant }): void {
  const { event, before, since } = judged;
  const { at } = event;
  const length = before.plan.bakeAfterPromotion?.length ?? 0;
  const isEverywhere = before.rollouts.every(({ desired }) => desired.weight === EVERYTHING);
  must(isEverywhere, 'success is 100 % everywhere', before);
  must(length === 0 || at >= since + length, 'it baked to the end', before);
  mustBeJudged(judged, before.plan.bakeAfterPromotion?.metrics.length ?? 0);
}
