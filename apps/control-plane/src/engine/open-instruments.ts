import { openProbe, releaseStandingSql, type Probe } from '@spillway/adapter-persistence';
import { queueStandingSql, type RunningWorker } from '@spillway/adapter-queue';
import { createMetrics, type Exposition, type Metrics } from '@spillway/adapter-telemetry';
import type { Clock, ClusterLink, Connections, Figure } from '@spillway/application';
import type { Config } from '../config/load-config.js';
import { Health } from '../health/health.js';
import { persistenceConfig, type Database } from './database.js';

/** What there is to look at. */
export interface Watched {
  readonly clock: Clock;
  readonly database: Database;
  readonly links: Connections<ClusterLink>;
  /** Absent until it works, and for ever where there is to be none. */
  readonly worker: () => RunningWorker | undefined;
}

/** How a process is seen by machines. */
export interface Instruments {
  readonly meter: Metrics['meter'];
  watch(watched: Watched): Watching;
  close(): Promise<void>;
}

export interface Watching {
  readonly health: Health;
  readonly scrape: () => Promise<Exposition>;
}

/** One statement, for one reading of the database. */
const standingSql = `${queueStandingSql} union all (${releaseStandingSql})`;

/** Nothing is asked and nothing runs until somebody scrapes or probes. */
export function openInstruments(config: Config): Instruments {
  const probe = openProbe(persistenceConfig(config));
  const metrics = createMetrics(config.role);
  return {
    meter: metrics.meter,
    watch: (watched) => ({
      health: healthOf(config, probe, watched),
      scrape: metrics.expose({
        clock: watched.clock,
        standing: async () => (await probe.ask(standingSql)) as unknown as readonly Figure[],
        pool: () => watched.database.pool(),
        clusters: () =>
          watched.links.all().map((link) => ({ cluster: link.cluster, state: link.state() })),
      }),
    }),
    close: () => probe.close(),
  };
}

const healthOf = ({ role }: Config, probe: Probe, { database, worker }: Watched): Health =>
  new Health({
    ask: (sql) => probe.ask(sql),
    isOpen: () => database.isOpen,
    ...(role === 'api' ? {} : { idleLanes: () => worker()?.idle() ?? ['every kind'] }),
  });
