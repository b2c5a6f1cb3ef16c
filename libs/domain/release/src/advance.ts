import type { Judge } from '@spillway/domain-analysis';
import { InvariantBroken, type Instant } from '@spillway/kernel';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { ReleaseEvent } from './event.js';
import { evolve } from './evolve.js';
import type { Observation } from './observation.js';
import type { Release } from './release.js';

/** Everything that can be decided on one observation. */
export interface Advance {
  readonly release: Release;
  readonly events: readonly ReleaseEvent[];
  /** What the release waits for after them. */
  readonly wait: Extract<Decision, { kind: 'wait' }>;
}

/** The loop's own name in events; people and tokens have theirs. */
export const loopActor = 'spillway';

/**
 * More facts than this on one observation would mean that two rules undo each
 * other: each cluster can bring one or two, and each step a few.
 */
const limit = 10_000;

/** Asks `decide` until it waits. */
export function advance(release: Release, seen: Observation, judge: Judge, now: Instant): Advance {
  const events: ReleaseEvent[] = [];
  let at = release;
  while (events.length < limit) {
    // Measurements belong to the step in which they were made.
    const measurements = at.cursor.index === release.cursor.index ? seen.measurements : [];
    const decision = decide(at, { ...seen, measurements }, judge, now);
    if (decision.kind === 'wait') return { release: at, events, wait: decision };
    const event = { ...decision.fact, because: decision.because, actor: loopActor, at: now };
    events.push(event);
    at = evolve(at, event);
  }
  throw new InvariantBroken(`release ${release.id} does not come to rest in phase ${at.phase}`);
}
