import { re2 } from '@spillway/adapter-regex';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatedWorld, processTimers } from '@spillway/adapter-cluster';
import { startWorker, type RunningWorker } from '@spillway/adapter-queue';
import { openTracing, type Tracing } from '@spillway/adapter-telemetry';
import {
  Connections,
  Following,
  clusterChanged,
  createUseCases,
  handleJob,
  logEvents,
  looksAt,
  metering,
  releaseChanged,
  rememberingJudge,
  wake,
  witnessed,
  type Authenticate,
  type Clock,
  type ClusterChange,
  type ClusterLink,
  type ClusterRecord,
  type Job,
  type Logger,
  type LoopDeps,
  type Meter,
  type ReleaseFeed,
  type Tx,
  type UseCases,
} from '@spillway/application';
import { judgeMetric } from '@spillway/domain-analysis';
import { webhookProtocol } from '@spillway/interface-webhook/protocol';
import { instant, releaseId } from '@spillway/kernel';
import type { Config, Role } from '../config/load-config.js';
import { createClusterConnector } from './connectors.js';
import { Database, queueDatabase } from './database.js';
import { openAccess } from './open-access.js';
import { createGuard } from './guard.js';
import { openInstruments, type Watching } from './open-instruments.js';
import { openOthers } from './open-others.js';
import { openOutside } from './open-outside.js';

/** Everything but the interfaces: the use cases, and the worker where the role has one. */
export interface Engine {
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  readonly database: Database;
  /** How it is, for machines that ask. */
  readonly watching: Watching;
  /** The simulated clusters of this process, for the playground to put something into. */
  readonly world: SimulatedWorld;
  readonly tracing: Tracing;
  /** Opens the database, waiting for it, and begins to work. */
  start(signal: AbortSignal): Promise<void>;
  /** Finishes the jobs in hand, then lets go of clusters and database. */
  stop(): Promise<void>;
}

const clock: Clock = { now: () => instant(Date.now()) };

const newWorld = (): SimulatedWorld => new SimulatedWorld({ clock, timers: processTimers(clock) });

/** What loop and use cases need of the machine and of libraries. */
const means = {
  pause: (length: number, signal?: AbortSignal): Promise<void> =>
    sleep(length, undefined, { signal }),
  chance: () => Math.random(),
  newId: () => randomUUID(),
  newReleaseId: () => releaseId(randomUUID()),
  regex: re2,
  webhooks: webhookProtocol,
};

/** Two engines of one process that are given the same world work on the same simulated clusters. */
export function createEngine(config: Config, log: Logger, world = newWorld()): Engine {
  const tracing = openTracing(config.tracing, { clock, logger: log });
  const logger = tracing.logger(log);
  const instruments = openInstruments(config);
  const { meter } = instruments;
  const database = new Database(config, logger, meter);
  const { feed, accessFeed } = database;
  const logged = witnessed(database.unitOfWork, { saved: logEvents(logger) });
  const metered = witnessed(logged, metering(meter, database.unitOfWork));
  const unitOfWork = tracing.unitOfWork(metered);
  const guard = createGuard(config.outgoingAllow);
  const connector = createClusterConnector(clock, world, { ...guard, meter, tracing });
  const links = new Connections<ClusterLink>(({ name, connection }) =>
    connector.connect({ cluster: name, connection, onChange: (change) => heard(change) }),
  );
  const others = openOthers({ world, clock, unitOfWork, guard, meter, tracing });
  const outside = openOutside(config, unitOfWork);
  const following = new Following();
  const judge = rememberingJudge(judgeMetric);
  const shared = { ...others, ...means, ...outside, unitOfWork, links, following };
  const outgoing = tracing.hooks(outside.outgoing);
  const loop: LoopDeps = { ...shared, outgoing, judge, clock, logger };
  const onClusterPut = (record: ClusterRecord): void => {
    if (config.role !== 'api') links.to(record);
  };
  const heard = hearOfClusters(loop, config.role);
  let worker: RunningWorker | undefined;
  return {
    world,
    tracing,
    database,
    watching: instruments.watch({ clock, database, links, worker: () => worker }),
    authenticate: openAccess(config, { unitOfWork, accessFeed, clock, logger }),
    useCases: tracing.useCases(createUseCases({ ...shared, connector, onClusterPut, feed })),
    async start(signal) {
      await database.open(signal);
      if (config.role === 'api') return;
      const handle = tracing.handle(handleJob(loop));
      worker = await beginWork(config, { loop, feed, meter, handle });
    },
    async stop() {
      await worker?.stop();
      await tracing.close();
      const open = [links, ...Object.values(others)];
      await Promise.all([...open, outside.outgoing].map((connections) => connections.close()));
      await database.close();
      await instruments.close();
    },
  };
}

function hearOfClusters(loop: LoopDeps, role: Role): (change: ClusterChange) => void {
  const onChange = clusterChanged(loop);
  return (change) => {
    // Workers watch what a writer writes, too: each of its writes would have the release looked at twice.
    if (role === 'writer' && change.kind !== 'state') return;
    // What is missed while the database is away is looked at again by the release's next wake-up.
    onChange(change).catch((error: unknown) => {
      const { cluster } = change;
      loop.logger.warn({ cluster, reason: String(error) }, 'could not note a change');
    });
  };
}

function hearOfReleases(loop: LoopDeps, feed: ReleaseFeed): () => void {
  const onRelease = releaseChanged(loop);
  return feed.subscribe((release) => {
    // What is missed is made up for by the next change of the release's service.
    onRelease(release).catch((error: unknown) => {
      loop.logger.warn({ release, reason: String(error) }, 'could not look at a change');
    });
  });
}

interface WorkParts {
  readonly loop: LoopDeps;
  readonly feed: ReleaseFeed;
  readonly meter: Meter;
  readonly handle: (job: Job) => Promise<void>;
}

/**
 * A new worker connects every cluster, so that their states are known, and looks
 * at every running release once: news may have been lost with the worker before.
 */
async function beginWork(
  config: Config,
  { loop, feed, meter, handle }: WorkParts,
): Promise<RunningWorker> {
  const unsubscribe = hearOfReleases(loop, feed);
  const worker = await startWorker({
    ...queueDatabase(config),
    concurrency: config.workerConcurrency,
    workerName: `${hostname()}-${process.pid}`,
    role: config.role === 'writer' ? 'writer' : 'worker',
    logger: loop.logger,
    meter,
    handle,
  });
  const found = await loop.unitOfWork.run(async (tx) => ({
    clusters: await everyCluster(tx),
    running: await tx.releases.allRunning(),
  }));
  for (const record of found.clusters) loop.links.to(record);
  await wake(loop.unitOfWork, looksAt(found.running));
  return {
    idle: () => worker.idle(),
    stop: () => {
      unsubscribe();
      return worker.stop();
    },
  };
}

async function everyCluster(tx: Tx): Promise<readonly ClusterRecord[]> {
  const all: ClusterRecord[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await tx.clusters.list({
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    all.push(...page.items);
    if (page.next === undefined) return all;
    cursor = page.next;
  }
}
