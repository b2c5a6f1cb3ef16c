import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock, Figure, Meter } from '@spillway/application';
import { createInstruments, makers } from './instruments.js';
import { Fresh } from './fresh.js';
import { ProcessGauges, type SeenCluster, type SeenPool } from './process-gauges.js';
import { prometheusMeter } from './prometheus-meter.js';
import { StandingGauges } from './standing-gauges.js';

/** What is looked at when somebody scrapes, and never else. */
export interface Seen {
  readonly clock: Clock;
  /** Rejects when the database does not answer in time. */
  readonly standing: () => Promise<readonly Figure[]>;
  readonly clusters: () => readonly SeenCluster[];
  readonly pool: () => SeenPool;
}

/** In the text format of Prometheus. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

export interface Metrics {
  readonly meter: Meter;
  /** What is scraped. The database is asked once a second at the most, by however many. */
  expose(seen: Seen): () => Promise<Exposition>;
  /** Every metric that there may be, for who wants to know whether a name exists. */
  names(): readonly string[];
}

/** How often the same answer of the database is good enough. */
const standingMs = 1_000;

/**
 * The metrics of one process, which says what it is by `role`. Those of Node.js begin with the
 * first scrape: watching the event loop costs a little, and nobody may ever ask.
 */
export function createMetrics(role: string): Metrics {
  const registry = new Registry();
  const make = makers(registry);
  const instruments = createInstruments(registry);
  const standing = new StandingGauges(make);
  const own = new ProcessGauges(make, instruments);
  make.gauge('process_info', 'What this process does.', ['role']).set({ role }, 1);
  let isWatched = false;
  const watch = (): void => {
    if (!isWatched) collectDefaultMetrics({ register: registry });
    isWatched = true;
  };
  return {
    meter: prometheusMeter(instruments),
    expose: (seen) => {
      const fresh = new Fresh(
        () => seen.standing(),
        standingMs,
        () => seen.clock.now(),
      );
      return async () => {
        watch();
        const figures = await fresh.get().catch(() => undefined);
        standing.show(figures);
        own.showClusters(known(seen.clusters(), figures), seen.clock.now());
        own.showPool(seen.pool());
        return { contentType: registry.contentType, text: await registry.metrics() };
      };
    },
    names() {
      watch();
      return registry.getMetricsAsArray().map(({ name }) => name);
    },
  };
}

/** A link to a cluster that was removed through another process may still be open here. */
function known(
  clusters: readonly SeenCluster[],
  figures: readonly Figure[] | undefined,
): readonly SeenCluster[] {
  if (figures === undefined) return clusters;
  const names = new Set(
    figures.filter(({ name }) => name === 'clusterKnown').map(({ label }) => label),
  );
  return clusters.filter(({ cluster }) => names.has(cluster));
}
