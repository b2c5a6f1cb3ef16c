import { clustersOfHold, type ReleaseEvent } from '@spillway/domain-release';
import type { ClusterName, Generation } from '@spillway/kernel';
import type { Logger } from '../port/logger.js';
import type { SavedEvents } from './witnessed.js';

/** One line for each event, from whoever committed it: what a transaction took back is not in the log. */
export const logEvents =
  (logger: Logger) =>
  ({ release: { id, service }, events }: SavedEvents): void => {
    for (const event of events) {
      const { type, actor, because } = event;
      logger.info({ release: id, service, event: type, actor, ...aboutOf(event) }, because);
    }
  };

interface About {
  /** Where it is one. */
  readonly cluster?: ClusterName;
  /** Where there are several. */
  readonly clusters?: readonly ClusterName[];
  readonly generation?: Generation;
}

function aboutOf(event: ReleaseEvent): About {
  if ('traffic' in event) {
    const { generation, clusters } = event.traffic;
    return { ...whereOf(clusters.map(({ cluster }) => cluster)), generation };
  }
  if (event.type === 'held') return whereOf(clustersOfHold(event.reason));
  if (!('cluster' in event)) return {};
  return { cluster: event.cluster, generation: event.generation };
}

function whereOf(clusters: readonly ClusterName[]): About {
  const [cluster, ...others] = clusters;
  if (cluster === undefined) return {};
  return others.length === 0 ? { cluster } : { clusters };
}
