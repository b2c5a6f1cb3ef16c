import type { ReleaseEvent } from '@spillway/domain-release';
import type { AppliedFor, Occurrence } from '../port/meter.js';

/** Whether how long it took can be told, once the history is known. */
export const hasLatency = (event: ReleaseEvent): boolean => isApplied(event) || isBack(event);

type Applied = Extract<ReleaseEvent, { type: 'trafficApplied' }>;

const isApplied = (event: ReleaseEvent): event is Applied => event.type === 'trafficApplied';

const isBack = ({ type }: ReleaseEvent): boolean => type === 'rolledBack' || type === 'superseded';

/**
 * How long the newest `count` events took, from what they follow from. Both moments are the
 * database's. What began before the part of the history that is given is left out.
 */
export const latenciesIn = (
  history: readonly ReleaseEvent[],
  count: number,
): readonly Occurrence[] =>
  history
    .map((event, index) => ({ event, earlier: history.slice(0, index) }))
    .slice(-count)
    .flatMap(({ event, earlier }): readonly Occurrence[] => {
      if (isApplied(event)) return applied(event, earlier);
      return isBack(event) ? tookBack(event, earlier) : [];
    });

function applied(event: Applied, earlier: readonly ReleaseEvent[]): readonly Occurrence[] {
  const { cluster, at } = event;
  const origin = earlier.findLast((one) => causes(one, event));
  return origin === undefined
    ? []
    : [{ kind: 'applied', cluster, applied: purposeOf(origin), ms: at - origin.at }];
}

function causes(event: ReleaseEvent, { cluster, generation }: Applied): boolean {
  if (event.type === 'driftFound') {
    return event.cluster === cluster && event.generation === generation;
  }
  return (
    'traffic' in event &&
    event.traffic.generation === generation &&
    event.traffic.clusters.some((one) => one.cluster === cluster)
  );
}

function purposeOf({ type }: ReleaseEvent): AppliedFor {
  if (type === 'rollbackStarted' || type === 'waveTakenBack') return 'rollback';
  return type === 'driftFound' ? 'heal' : 'shift';
}

/** One that was superseded before it had any traffic had nothing to take back. */
function tookBack({ at }: ReleaseEvent, earlier: readonly ReleaseEvent[]): readonly Occurrence[] {
  const origin = earlier.findLast(({ type }) => type === 'rollbackStarted');
  return origin === undefined ? [] : [{ kind: 'tookBack', ms: at - origin.at }];
}
