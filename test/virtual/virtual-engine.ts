import { aCaller } from '@spillway/application/testing';
import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import {
  Connections,
  createUseCases,
  type Job,
  type NewService,
  type OutgoingAnswer,
  type OutgoingRequest,
  type UseCases,
} from '@spillway/application';
import {
  ScriptedFleet,
  ScriptedOutgoing,
  VirtualClock,
  createInMemoryUnitOfWork,
  scriptedProtocol,
  type InMemoryUnitOfWork,
} from '@spillway/application/testing';
import {
  SimulatedWorld,
  createSimulatedConnector,
  createSimulatedEgressConnector,
  createSimulatedEgressMetrics,
  createSimulatedMetricsSource,
  deployPlayground,
  playgroundDeployment,
  type SimulatedMesh,
} from '@spillway/adapter-cluster';
import { re2 } from '@spillway/adapter-regex';
import type { Release, StrategyDraft } from '@spillway/domain-release';
import {
  after,
  clusterName,
  earliest,
  instant,
  releaseId,
  strategyName,
  type Instant,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { noSources } from './no-sources.js';
import { VirtualWorker } from './virtual-worker.js';

/** Three in the morning, when things go wrong. */
export const startOfStory = instant(Date.UTC(2026, 0, 5, 3, 0, 0));

/** More rounds at one moment than any honest work takes. */
const livelock = 5_000;

/** The whole engine over simulated clusters, an in-memory store and virtual time. */
export class VirtualEngine {
  readonly time = new VirtualClock(startOfStory);
  readonly store: InMemoryUnitOfWork = createInMemoryUnitOfWork({ clock: this.time });
  readonly world = new SimulatedWorld({ clock: this.time, timers: this.time });
  readonly outgoing = new ScriptedOutgoing();
  readonly useCases: UseCases;
  workers: VirtualWorker[] = [];
  private readonly connector = createSimulatedConnector(this.world);
  private readonly fleets = new Map<string, ScriptedFleet>();
  private releases = 0;
  private ids = 0;
  private turn = 0;

  constructor(private readonly onFailure: (job: Job, error: unknown) => void) {
    const first = this.addWorker();
    this.useCases = createUseCases({
      unitOfWork: this.store,
      links: first.links,
      metrics: new Connections(({ name }) => createSimulatedMetricsSource(this.mesh(name))),
      sources: noSources(),
      connector: this.connector,
      egress: new Connections((record) =>
        createSimulatedEgressConnector(this.world).connect(record),
      ),
      egressMetrics: new Connections(({ name }) => createSimulatedEgressMetrics(this.mesh(name))),
      onClusterPut: () => undefined,
      feed: this.store.feed,
      pause: (length) =>
        new Promise((resolve) => void this.time.schedule(after(this.time.now(), length), resolve)),
      regex: re2,
      webhooks: scriptedProtocol,
      newReleaseId: () => {
        this.releases += 1;
        return releaseId(`00000000-0000-4000-8000-${String(this.releases).padStart(12, '0')}`);
      },
    });
  }

  addWorker(): VirtualWorker {
    const { store, world, connector, time, onFailure } = this;
    const shared = { store, world, connector, clock: time, timers: time, onFailure };
    const worker = new VirtualWorker({
      ...shared,
      metrics: ({ name }) => createSimulatedMetricsSource(this.mesh(name)),
      fleet: (cluster) => this.fleet(cluster),
      outgoing: { call: (request) => this.call(request) },
      newId: () => {
        this.ids += 1;
        return `00000000-0000-4000-9000-${String(this.ids).padStart(12, '0')}`;
      },
    });
    this.workers.push(worker);
    return worker;
  }

  /** Who hangs does so for as long as the caller waits. */
  private async call(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const answer = await this.outgoing.call(request);
    const isLate = answer.kind === 'failed' && answer.why === 'timeOut';
    if (isLate) await this.time.sleepUntil(after(this.time.now(), request.timeoutMs));
    return answer;
  }

  mesh(cluster: string): SimulatedMesh {
    return this.world.mesh(clusterName(cluster), 1);
  }

  /** The proxies of a cluster, which have everything at once until it is said otherwise. */
  fleet(cluster: string): ScriptedFleet {
    const fleet = this.fleets.get(cluster) ?? new ScriptedFleet();
    this.fleets.set(cluster, fleet);
    return fleet;
  }

  /** Clusters with `catalog` v1 stable, v2 healthy and v3 bad, and the strategy `canary`; `routing` says who owns what. */
  async given(
    clusters: readonly string[],
    strategy: StrategyDraft,
    routing: Partial<NewService> = {},
  ): Promise<void> {
    const { useCases } = this;
    const { ownership: _whoever, ...world } = routing;
    const { service: plain, stable } = playgroundDeployment;
    const deployed = { ...plain, ...world };
    for (const name of clusters) {
      deployPlayground(this.mesh(name), { ...playgroundDeployment, service: deployed });
      const connection = { kind: 'simulated', seed: 1 } as const;
      // Where nobody looks at proxies, nothing is said of them.
      const proxies = { kind: 'istiod', urls: ['http://istiod'] } as const;
      const isAskable = strategy.verify !== undefined;
      const cluster = {
        name: clusterName(name),
        labels: {},
        connection,
        ...(isAskable && { proxies }),
      };
      must(await useCases.putCluster({ ...cluster, metrics: { kind: 'simulated' } }, aCaller()));
    }
    const names = clusters.map(clusterName);
    must(await useCases.putService({ ...plain, clusters: names, stable, ...routing }, aCaller()));
    must(await useCases.putStrategy({ name: strategyName('canary'), ...strategy }, aCaller()));
  }

  async state(id: ReleaseId): Promise<Release> {
    return must(await this.useCases.getRelease(id, aCaller()));
  }

  /** Lets time pass until something is reached; `false` when the limit came first. */
  async until(limit: Instant, reached: () => Promise<boolean>): Promise<boolean> {
    for (let idle = 0; ; idle += 1) {
      await this.startDueJobs();
      if (await reached()) return true;
      const before = this.time.now();
      if (before >= limit) return false;
      const next = earliest([this.store.jobs.nextRunAt(), this.time.nextTimer(), limit]) ?? limit;
      await this.time.advanceTo(instant(Math.min(Math.max(before, next), limit)));
      if (this.time.now() > before) idle = 0;
      if (idle > livelock) throw new Error(`work goes on for ever at ${before}`);
    }
  }

  /** Starts every job that is due, by turns on each worker; those that wait for time stay open. */
  private async startDueJobs(): Promise<void> {
    await turnOfTheEventLoop();
    await this.bury();
    for (let taken = this.store.jobs.take(); taken !== undefined; taken = this.store.jobs.take()) {
      this.turn += 1;
      void this.workers[this.turn % this.workers.length]?.start(taken);
      await turnOfTheEventLoop();
      await this.bury();
    }
  }

  /** A worker that died in the midst of a call is replaced. */
  private async bury(): Promise<void> {
    for (const worker of this.workers.filter(({ life }) => life.hasEnded)) {
      this.workers = this.workers.filter((other) => other !== worker);
      await worker.kill();
      this.addWorker();
    }
  }
}

export function must<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
