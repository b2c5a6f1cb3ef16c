import type { ReleaseEvent, ReleaseFact } from '../event.js';
import type { Release } from '../release.js';
import { aMoment, aRelease } from './a-release.js';

type Circumstances = Pick<ReleaseEvent, 'because' | 'actor' | 'at'>;

/** A fact by anna at `aMoment`; `prepared` when the test does not care which. */
export const aReleaseEvent = (
  fact: ReleaseFact = { type: 'prepared' },
  circumstances: Partial<Circumstances> = {},
): ReleaseEvent => ({
  because: 'a test says so',
  actor: 'anna',
  at: aMoment,
  ...circumstances,
  ...fact,
});

/** The first event of a release. */
export const aCreatedEvent = (release: Release = aRelease()): ReleaseEvent =>
  aReleaseEvent(
    {
      type: 'created',
      id: release.id,
      service: release.service,
      stable: release.stable,
      candidate: release.candidate,
      strategy: release.strategy,
      plan: release.plan,
      description: release.description,
      generation: release.generation,
    },
    { actor: release.requestedBy, at: release.createdAt },
  );
