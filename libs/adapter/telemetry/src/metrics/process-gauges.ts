import type { ClusterName, Instant } from '@spillway/kernel';
import type { LinkState } from '@spillway/application';
import type { Instruments, Makers } from './instruments.js';

/** A cluster as this process sees it. */
export interface SeenCluster {
  readonly cluster: ClusterName;
  readonly state: LinkState;
}

/** Connections of this process to the database. */
export interface SeenPool {
  readonly inUse: number;
  readonly idle: number;
  readonly waiting: number;
}

const states = [
  'connecting',
  'ready',
  'unreachable',
] as const satisfies readonly LinkState['kind'][];

/** Gauges of what this process itself holds; read when somebody scrapes. */
export class ProcessGauges {
  private readonly state;
  private readonly unreachable;
  private readonly connections;
  private readonly waiting;

  constructor(
    { gauge }: Makers,
    private readonly instruments: Instruments,
  ) {
    this.state = gauge(
      'cluster_state',
      'Whether this worker has the cluster in this state: 1 or 0.',
      ['cluster', 'state'],
    );
    this.unreachable = gauge(
      'cluster_unreachable_seconds',
      'For how long this worker has not reached the cluster; 0 while it does.',
      ['cluster'],
    );
    this.connections = gauge('database_connections', 'Connections for transactions.', ['state']);
    this.waiting = gauge('database_waiting', 'Who waits for a connection to the database.');
  }

  showClusters(clusters: readonly SeenCluster[], now: Instant): void {
    this.state.reset();
    this.unreachable.reset();
    for (const { cluster, state } of clusters) {
      for (const kind of states)
        this.state.set({ cluster, state: kind }, state.kind === kind ? 1 : 0);
      const away = state.kind === 'unreachable' ? (now - state.since) / 1_000 : 0;
      this.unreachable.set({ cluster }, Math.max(0, away));
      this.fromNought(cluster);
    }
  }

  showPool({ inUse, idle, waiting }: SeenPool): void {
    this.connections.set({ state: 'in_use' }, inUse);
    this.connections.set({ state: 'idle' }, idle);
    this.waiting.set(waiting);
  }

  /** Or the first refusal of a cluster would be no increase. */
  private fromNought(cluster: ClusterName): void {
    this.instruments.writeRefused.inc({ cluster }, 0);
    for (const healed of ['yes', 'no']) this.instruments.driftFound.inc({ cluster, healed }, 0);
  }
}
