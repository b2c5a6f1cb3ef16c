import { re2 } from '@spillway/adapter-regex';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SimulatedWorld, processTimers } from '@spillway/adapter-cluster';
import { startWorker, type RunningWorker } from '@spillway/adapter-queue';
import {
  Connections,
  Following,
  clusterChanged,
  createUseCases,
  handleJob,
  looksAt,
  releaseChanged,
  rememberingJudge,
  wake,
  type Authenticate,
  type Clock,
  type ClusterChange,
  type ClusterLink,
  type ClusterRecord,
  type Logger,
  type LoopDeps,
  type ReleaseFeed,
  type Tx,
  type UseCases,
} from '@spillway/application';
import { judgeMetric } from '@spillway/domain-analysis';
import { webhookProtocol } from '@spillway/interface-webhook';
import { instant, releaseId } from '@spillway/kernel';
import type { Config } from '../config/load-config.js';
import { createClusterConnector } from './connectors.js';
import { Database, queueDatabase } from './database.js';
import { openAccess } from './open-access.js';
import { createGuard } from './guard.js';
import { openOthers } from './open-others.js';
import { openOutside } from './open-outside.js';

/** Everything but the interfaces: the use cases, and the worker where the role has one. */
export interface Engine {
  readonly useCases: UseCases;
  readonly authenticate: Authenticate;
  readonly database: Database;
  /** The simulated clusters of this process, for the playground to put something into. */
  readonly world: SimulatedWorld;
  /** Opens the database, waiting for it, and begins to work. */
  start(signal: AbortSignal): Promise<void>;
  /** Finishes the jobs in hand, then lets go of clusters and database. */
  stop(): Promise<void>;
}

const clock: Clock = { now: () => instant(Date.now()) };

const newWorld = (): SimulatedWorld => new SimulatedWorld({ clock, timers: processTimers(clock) });

const pause = (length: number): Promise<void> => sleep(length);
const chances = { newId: () => randomUUID(), chance: () => Math.random() };

/** Two engines of one process that are given the same world work on the same simulated clusters. */
export function createEngine(config: Config, logger: Logger, world = newWorld()): Engine {
  const database = new Database(config, logger);
  const { unitOfWork, feed, accessFeed } = database;
  const guard = createGuard(config.outgoingAllow);
  const connector = createClusterConnector(clock, world, guard.clusters);
  const links = new Connections<ClusterLink>(({ name, connection }) =>
    connector.connect({ cluster: name, connection, onChange: (change) => heard(change) }),
  );
  const others = openOthers({ world, clock, unitOfWork, guard });
  const outside = openOutside(config, unitOfWork);
  const following = new Following();
  const judge = rememberingJudge(judgeMetric);
  const shared = { ...others, ...chances, ...outside, unitOfWork, links, following };
  const loop: LoopDeps = { ...shared, judge, clock, pause, logger };
  const heard = hearOfClusters(loop);
  let worker: RunningWorker | undefined;
  return {
    world,
    database,
    authenticate: openAccess(config, { unitOfWork, accessFeed, clock, logger }),
    useCases: createUseCases({
      ...others,
      unitOfWork,
      links,
      connector,
      onClusterPut: (record) => {
        if (config.role !== 'api') links.to(record);
      },
      feed,
      regex: re2,
      webhooks: webhookProtocol,
      newReleaseId: () => releaseId(randomUUID()),
      pause,
    }),
    async start(signal) {
      await database.open(signal);
      if (config.role !== 'api') worker = await beginWork(config, loop, feed);
    },
    async stop() {
      await worker?.stop();
      const open = [links, ...Object.values(others)];
      await Promise.all([...open, outside.outgoing].map((connections) => connections.close()));
      await database.close();
    },
  };
}

function hearOfClusters(loop: LoopDeps): (change: ClusterChange) => void {
  const onChange = clusterChanged(loop);
  return (change) => {
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

/**
 * A new worker connects every cluster, so that their states are known, and looks
 * at every running release once: news may have been lost with the worker before.
 */
async function beginWork(
  config: Config,
  loop: LoopDeps,
  feed: ReleaseFeed,
): Promise<RunningWorker> {
  const unsubscribe = hearOfReleases(loop, feed);
  const worker = await startWorker({
    ...queueDatabase(config),
    concurrency: config.workerConcurrency,
    workerName: `${hostname()}-${process.pid}`,
    logger: loop.logger,
    handle: handleJob(loop),
  });
  const found = await loop.unitOfWork.run(async (tx) => ({
    clusters: await everyCluster(tx),
    running: await tx.releases.allRunning(),
  }));
  for (const record of found.clusters) loop.links.to(record);
  await wake(loop.unitOfWork, looksAt(found.running));
  return {
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
