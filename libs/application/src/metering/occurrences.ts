import { evolve, type Release, type ReleaseEvent } from '@spillway/domain-release';
import type { Occurrence } from '../port/meter.js';
import type { SavedEvents } from '../saved/witnessed.js';

/** All that the events say by themselves; how long something took is found in the history. */
export const occurrencesIn = (saved: SavedEvents): readonly Occurrence[] => [
  ...moves(saved),
  ...saved.events.flatMap((event) => ofEvent(event, saved.release)),
];

/** Through every phase, also one that is left in the same moment. */
function moves({ before, events, release: after }: SavedEvents): readonly Occurrence[] {
  if (before === undefined) {
    return events[0]?.type === 'created' ? [{ kind: 'moved', to: after.phase }] : [];
  }
  const found: Occurrence[] = [];
  let release = before;
  for (const event of events) {
    const next = evolve(release, event);
    if (next.phase !== release.phase) {
      found.push({ kind: 'moved', from: release.phase, to: next.phase });
    }
    release = next;
  }
  return found;
}

function ofEvent(event: ReleaseEvent, { rollouts }: Release): readonly Occurrence[] {
  if (event.type === 'held') return [{ kind: 'held', reason: event.reason.kind }];
  if (event.type === 'writeRefused') return [{ kind: 'writeRefused', cluster: event.cluster }];
  if (event.type === 'driftFound') {
    const { cluster, detail } = event;
    return [{ kind: 'driftFound', cluster, isHealed: detail === undefined }];
  }
  return event.type === 'trafficDistributed' ? distributed(event, rollouts) : [];
}

function distributed(
  { cluster, at }: Extract<ReleaseEvent, { type: 'trafficDistributed' }>,
  rollouts: Release['rollouts'],
): readonly Occurrence[] {
  const since = rollouts.find((rollout) => rollout.cluster === cluster)?.applied?.at;
  return since === undefined ? [] : [{ kind: 'distributed', cluster, ms: at - since }];
}
