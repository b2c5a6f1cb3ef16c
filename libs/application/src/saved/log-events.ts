import { clustersOfHold, type Plan, type ReleaseEvent } from '@spillway/domain-release';
import type { ClusterName, Generation } from '@spillway/kernel';
import type { Logger } from '../port/logger.js';
import type { SavedEvents } from './witnessed.js';

/** One line for each event, from whoever committed it: what a transaction took back is not in the log. */
export const logEvents =
  (logger: Logger) =>
  ({ release: { id, service, plan }, events }: SavedEvents): void => {
    for (const event of events) {
      const { type, actor, because } = event;
      logger.info({ release: id, service, event: type, actor, ...aboutOf(event, plan) }, because);
    }
  };

interface About {
  /** Where it is one. */
  readonly cluster?: ClusterName;
  /** Where there are several. */
  readonly clusters?: readonly ClusterName[];
  readonly generation?: Generation;
}

function aboutOf(event: ReleaseEvent, plan: Plan): About {
  if ('traffic' in event) {
    const { generation, clusters } = event.traffic;
    return { ...whereOf(clusters.map(({ cluster }) => cluster)), generation };
  }
  if ('cluster' in event) return { cluster: event.cluster, generation: event.generation };
  if ('index' in event) return whereOf(clustersOfStep(event.index, plan));
  if ('verdicts' in event) return whereOf(event.verdicts.map(({ evidence }) => evidence.cluster));
  return event.type === 'held' ? whereOf(clustersOfHold(event.reason)) : {};
}

function clustersOfStep(index: number, { steps, waves }: Plan): readonly ClusterName[] {
  const step = steps[index];
  return (step && waves[step.wave]) ?? [];
}

function whereOf(named: readonly ClusterName[]): About {
  const clusters = [...new Set(named)];
  const [cluster, ...others] = clusters;
  if (cluster === undefined) return {};
  return others.length === 0 ? { cluster } : { clusters };
}
