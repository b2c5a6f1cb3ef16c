import { ok, refusal, refuse, type ClusterName, type Refusal, type Result } from '@spillway/kernel';
import type { ReleaseFact } from './event.js';
import type { HoldReason } from './hold.js';
import type { Phase } from './phase.js';
import { runningPhase, type Release } from './release.js';
import { rollbackFact, unreturned } from './rollback.js';

/** What a person may tell a release to do. */
export const releaseVerbs = ['pause', 'resume', 'promote', 'abort'] as const;
export type ReleaseVerb = (typeof releaseVerbs)[number];

const possibleIn: Readonly<Record<ReleaseVerb, readonly Phase[]>> = {
  pause: ['progressing', 'baking', 'held'],
  resume: ['paused', 'held'],
  promote: ['progressing', 'paused', 'held'],
  abort: ['pending', 'preparing', 'progressing', 'paused', 'held', 'promoting', 'baking'],
};

/**
 * The fact that a command makes of a release, or `NOT_POSSIBLE_IN_PHASE`.
 * Repeating a command that has had its effect is refused too, and says so.
 *
 * `lost` are the clusters that cannot be reached. When a rollback waits for
 * nothing else, a second abort ends it: they are written when they return, and
 * a cluster that never does must not keep the service from its next release.
 */
export function obey(
  release: Release,
  verb: ReleaseVerb,
  lost: ReadonlySet<ClusterName> = new Set(),
): Result<ReleaseFact, Refusal> {
  if (verb === 'abort' && waitsOnlyFor(lost, release)) return ok({ type: 'rolledBack' });
  if (!isPossible(release, verb)) return refuse(notPossible(release, verb));
  switch (verb) {
    case 'pause':
      return ok({ type: 'paused' });
    case 'resume':
      return ok(resumed(release));
    case 'promote':
      return ok({ type: 'promotionStarted' });
    case 'abort':
      // Before its preparation a release has written nothing.
      return ok(
        runningPhase(release) === 'pending' ? { type: 'cancelled' } : rollbackFact(release),
      );
  }
}

/** A bake that did not have the traffic it needs is taken as done by whoever resumes it. */
const resumed = ({ held, cursor }: Release): ReleaseFact =>
  held?.reason.kind === 'inconclusive'
    ? { type: 'stepCompleted', index: cursor.index }
    : { type: 'resumed' };

const endedByWord: ReadonlySet<HoldReason['kind']> = new Set([
  'drift',
  'splitNotInForce',
  'inconclusive',
]);

function waitsOnlyFor(lost: ReadonlySet<ClusterName>, release: Release): boolean {
  const open = unreturned(release);
  return (
    release.phase === 'rollingBack' &&
    open.length > 0 &&
    open.every(({ cluster }) => lost.has(cluster))
  );
}

const isPossible = (release: Release, verb: ReleaseVerb): boolean =>
  possibleIn[verb].includes(release.phase) && isSteppable(release, verb);

/**
 * A hold stands in for the phase that it interrupted: only steps and bakes can be paused or skipped.
 * It ends with its reason; few reasons end by a word of somebody.
 */
function isSteppable({ phase, held, paused }: Release, verb: ReleaseVerb): boolean {
  if (verb === 'resume') return held === undefined || endedByWord.has(held.reason.kind);
  const running = held?.from ?? paused?.from ?? phase;
  if (verb === 'pause') return running === 'progressing' || running === 'baking';
  return verb !== 'promote' || running === 'progressing';
}

function notPossible(release: Release, verb: ReleaseVerb): Refusal {
  const { id, phase, because } = release;
  const possible = releaseVerbs.filter((other) => isPossible(release, other));
  return refusal(
    'NOT_POSSIBLE_IN_PHASE',
    `Release ${id} is ${phase} (${because}), so it cannot ${verb}.`,
    possible.length === 0
      ? 'Nothing can be done to it any more; start a new release.'
      : `What can be done now: ${possible.join(', ')}.`,
  );
}
