import { after, duration, type Duration, type Instant } from '@spillway/kernel';
import { sidecarsOf } from './deciding-sidecar.js';
import type { EgressWrite, NextEgressWrite } from './egress-write.js';
import { entriesToRemove, entriesToWrite, takenName } from './entry-writes.js';
import { shown, type LiveEgress } from './live-egress.js';
import type { WantedEgress } from './policy.js';
import { closeWrites, openWrites } from './sidecar-writes.js';

/**
 * Between ServiceEntries and the Sidecar that needs them, in either direction:
 * istiod sends what arrives within 100 ms as one push, in which a proxy may be
 * closed before it has what stays open (see docs/architecture.md).
 */
export const egressSettlingTime: Duration = duration(150);

/**
 * What to do next to bring a cluster to the policy; ask again after each.
 *
 * Closing: the ServiceEntries, then the Sidecar, then ServiceEntries that are no
 * longer allowed. Opening: the Sidecar first, and nothing is waited for.
 */
export function nextEgressWrite(
  wanted: WantedEgress,
  live: LiveEgress,
  now: Instant,
): NextEgressWrite {
  const sidecars = sidecarsOf(wanted.namespace, live);
  const opening = wanted.mode === 'enforce' ? [] : openWrites(sidecars);
  if (opening.length > 0) return { do: 'write', writes: opening };
  const taken = takenName(wanted, live);
  if (taken !== undefined) return stop(`${shown(taken)} has the name that Spillway needs`);
  const entries = entriesToWrite(wanted, live);
  if (entries.length > 0) return { do: 'write', writes: entries };
  if (wanted.mode === 'enforce') {
    const closing = closeWrites(wanted.namespace, sidecars);
    if (closing.length > 0) return afterSettling(live, now, closing);
  }
  const left = entriesToRemove(wanted, live);
  return left.length === 0 ? { do: 'nothing' } : afterSettling(live, now, left);
}

const stop = (because: string): NextEgressWrite => ({ do: 'stop', because });

function afterSettling(
  { since }: LiveEgress,
  now: Instant,
  writes: readonly EgressWrite[],
): NextEgressWrite {
  const until = after(since, egressSettlingTime);
  return now < until ? { do: 'wait', until } : { do: 'write', writes };
}
