import { InvariantBroken } from '@spillway/kernel';
import type { ReleaseEvent } from './event.js';
import { folds, type Fold } from './folds.js';
import { leftGate } from './gate/gate-folds.js';
import { canMove } from './phase.js';
import type { Release } from './release.js';

type CreatedEvent = Extract<ReleaseEvent, { type: 'created' }>;

/** The state after its first event. */
export function begin(event: CreatedEvent): Release {
  const { id, service, stable, candidate, strategy, plan, description, generation, at } = event;
  return {
    id,
    service,
    stable,
    candidate,
    strategy,
    plan,
    requestedBy: event.actor,
    description,
    createdAt: at,
    ...(event.follows === undefined ? {} : { follows: event.follows }),
    phase: event.queued === true ? 'queued' : 'pending',
    because: event.because,
    cursor: { index: 0, started: false, enteredAt: at },
    generation,
    rollouts: [],
    revision: 1,
  };
}

/** The state after one more event. Throws `InvariantBroken` for a move that the phase table lacks. */
export function evolve(release: Release, event: ReleaseEvent): Release {
  if (event.type === 'created') throw new InvariantBroken('a release is created once');
  const next = (folds[event.type] as Fold<typeof event.type>)(release, event);
  if (next.phase !== release.phase && !canMove(release.phase, next.phase)) {
    throw new InvariantBroken(
      `${event.type} moves a release from ${release.phase} to ${next.phase}`,
    );
  }
  return { ...leftGate(next), because: event.because, revision: release.revision + 1 };
}

/** Folds a whole history. */
export function replay(events: readonly ReleaseEvent[]): Release {
  const [first, ...rest] = events;
  if (first?.type !== 'created') throw new InvariantBroken('a history begins with "created"');
  return rest.reduce(evolve, begin(first));
}
