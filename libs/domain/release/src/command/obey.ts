import { ok, refuse, type ClusterName, type Refusal, type Result } from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import { interruptedPhase, type Release } from '../release.js';
import { abortFact, backAtLast, unreturned } from '../rollback.js';
import { goBack, jumpToStep, skipStep } from './jump.js';
import type { Order } from './order.js';
import { possibilityOf } from './possibility.js';
import { notPossible } from './refusals.js';

/**
 * The fact that an order makes of a release, `already` where it has had its effect, or the refusal.
 *
 * `lost` are the clusters that cannot be reached. When a rollback waits for
 * nothing else, a second abort ends it: they are written when they return, and
 * a cluster that never does must not keep the service from its next release.
 */
export function obey(
  release: Release,
  order: Order,
  lost: ReadonlySet<ClusterName> = new Set(),
): Result<ReleaseFact | 'already', Refusal> {
  const { verb } = order;
  if (verb === 'abort' && waitsOnlyFor(lost, release)) return ok(backAtLast(release));
  const possibility = possibilityOf(release, verb);
  if (possibility === 'refused') return refuse(notPossible(release, verb));
  return possibility === 'already' ? ok('already') : factOf(release, order);
}

function factOf(release: Release, order: Order): Result<ReleaseFact | 'already', Refusal> {
  switch (order.verb) {
    case 'pause':
      return ok({ type: 'paused' });
    case 'resume':
      return ok(resumed(release));
    case 'promote':
      return ok({ type: 'promotionStarted' });
    case 'promoteFull':
      return ok(promoteFull(release));
    case 'abort':
      return ok(abortFact(release));
    case 'restart':
      return ok(goBack(release, 0));
    case 'skipStep':
      return skipStep(release, order.step, order.comment);
    case 'jumpToStep':
      return jumpToStep(release, order.step, order.comment);
  }
}

/** A bake that did not have the traffic it needs is taken as done by whoever resumes it. */
const resumed = ({ held, cursor }: Release): ReleaseFact =>
  held?.reason.kind === 'inconclusive'
    ? { type: 'stepCompleted', index: cursor.index }
    : { type: 'resumed' };

/** Where all traffic is given already, only the bake is left to be waived. */
const promoteFull = (release: Release): ReleaseFact =>
  ['promoting', 'baking'].includes(interruptedPhase(release))
    ? { type: 'bakeWaived' }
    : { type: 'promotionStarted', full: true };

function waitsOnlyFor(lost: ReadonlySet<ClusterName>, release: Release): boolean {
  const open = unreturned(release);
  return (
    release.phase === 'rollingBack' &&
    open.length > 0 &&
    open.every(({ cluster }) => lost.has(cluster))
  );
}
