import { setImmediate as turnOfTheEventLoop } from 'node:timers/promises';
import {
  Following,
  clusterChanged,
  createUseCases,
  handleJob,
  type ClusterConnector,
  type ClusterLink,
  Connections,
  type Job,
  type LoopDeps,
  type MetricsSource,
  type UseCases,
} from '@spillway/application';
import { createInMemoryUnitOfWork, type InMemoryUnitOfWork } from '@spillway/application/testing';
import {
  SimulatedWorld,
  VirtualTime,
  createSimulatedConnector,
  createSimulatedMetricsSource,
  deployPlayground,
  playgroundDeployment,
  type SimulatedMesh,
} from '@spillway/adapter-cluster';
import { judgeByThreshold } from '@spillway/domain-analysis';
import {
  isFinal,
  type Release,
  type ReleaseVerb,
  type StrategyDraft,
} from '@spillway/domain-release';
import {
  after,
  clusterName,
  earliest,
  instant,
  parseDuration,
  releaseId,
  serviceName,
  strategyName,
  version,
  type Instant,
  type Refusal,
  type ReleaseId,
  type Result,
} from '@spillway/kernel';
import { Narrator } from './narrator.js';

const start = instant(Date.UTC(2026, 0, 5, 3, 0, 0));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The whole engine over simulated clusters, an in-memory store and virtual time.
 * What happens is told line by line, so that a reviewer can read it.
 */
export class Story {
  readonly time = new VirtualTime(start);
  readonly narrator = new Narrator(start);
  readonly store: InMemoryUnitOfWork = createInMemoryUnitOfWork({ clock: this.time });
  readonly world = new SimulatedWorld({ clock: this.time, timers: this.time });
  readonly useCases: UseCases;
  private readonly handle: (job: Job) => Promise<void>;
  private releases = 0;

  constructor() {
    const connector = createSimulatedConnector(this.world);
    const deps = this.wire(connector);
    this.handle = handleJob(deps);
    this.useCases = createUseCases({
      unitOfWork: this.store,
      links: deps.links,
      connector,
      feed: this.store.feed,
      newReleaseId: () =>
        releaseId(`00000000-0000-4000-8000-${String((this.releases += 1)).padStart(12, '0')}`),
    });
    this.store.feed.subscribe((id) => void this.tell(id));
  }

  private wire(connector: ClusterConnector): LoopDeps {
    const deps: LoopDeps = {
      unitOfWork: this.store,
      links: new Connections<ClusterLink>(({ name, connection }) =>
        connector.connect({
          cluster: name,
          connection,
          onChange: (change) => void clusterChanged(deps)(change),
        }),
      ),
      metrics: new Connections<MetricsSource>(({ name }) =>
        createSimulatedMetricsSource(this.mesh(name)),
      ),
      following: new Following(),
      judge: judgeByThreshold,
      clock: this.time,
      logger: silent,
    };
    return deps;
  }

  mesh(cluster: string): SimulatedMesh {
    return this.world.mesh(clusterName(cluster), 1);
  }

  /** Clusters with `catalog` v1 stable, v2 healthy and v3 bad, and a strategy. */
  async given(clusters: readonly string[], strategy: StrategyDraft): Promise<void> {
    const caller = { actor: 'ana' };
    for (const name of clusters) {
      deployPlayground(this.mesh(name));
      must(
        await this.useCases.putCluster(
          {
            name: clusterName(name),
            labels: {},
            connection: { kind: 'simulated', seed: 1 },
            metrics: { kind: 'simulated' },
          },
          caller,
        ),
      );
    }
    const { service, stable } = playgroundDeployment;
    must(
      await this.useCases.putService(
        { ...service, clusters: clusters.map(clusterName), stable },
        caller,
      ),
    );
    must(await this.useCases.putStrategy({ name: strategyName('canary'), ...strategy }, caller));
  }

  async release(candidate: string, description = ''): Promise<ReleaseId> {
    this.narrator.say(this.time.now(), `ana releases ${candidate}`);
    const release = must(
      await this.useCases.startRelease({
        actor: 'ana',
        service: serviceName('shop/catalog'),
        candidate: version(candidate),
        strategy: strategyName('canary'),
        description,
      }),
    );
    return release.id;
  }

  async command(id: ReleaseId, verb: ReleaseVerb, comment = ''): Promise<void> {
    this.narrator.say(this.time.now(), `ana says ${verb}`);
    must(await this.useCases.commandRelease({ actor: 'ana', release: id, verb, comment }));
  }

  /** Something happens in the world; the text says what. */
  happens(text: string, change: () => void): void {
    this.narrator.say(this.time.now(), text);
    change();
  }

  /** Lets time pass. */
  async pass(length: string): Promise<void> {
    await this.until(after(this.time.now(), parseDuration(length) ?? 0), () =>
      Promise.resolve(false),
    );
  }

  /** Lets time pass until the release is in the phase, an hour at the most. */
  async phase(id: ReleaseId, phase: Release['phase']): Promise<void> {
    const reached = await this.until(
      after(this.time.now(), 3_600_000),
      async () => (await this.state(id)).phase === phase,
    );
    if (!reached) throw new Error(`${id} did not reach ${phase}:\n${this.narrator.text}`);
  }

  async end(id: ReleaseId): Promise<Release> {
    await this.until(after(this.time.now(), 3_600_000), async () =>
      isFinal((await this.state(id)).phase),
    );
    // What is still to be cleaned up in the clusters.
    await this.pass('5s');
    return this.state(id);
  }

  async state(id: ReleaseId): Promise<Release> {
    return must(await this.useCases.getRelease(id));
  }

  /** The split that each cluster's API server holds. */
  splits(): void {
    this.narrator.splits(this.time.now(), this.world, playgroundDeployment.service);
  }

  private async until(limit: Instant, reached: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      await this.work();
      if (await reached()) return true;
      const next = earliest([this.store.jobs.nextRunAt(), this.time.next(), limit]) ?? limit;
      if (this.time.now() >= limit) return false;
      await this.time.advanceTo(instant(Math.max(this.time.now(), Math.min(next, limit))));
    }
  }

  /** Starts every job that is due; those that wait for time stay open. */
  private async work(): Promise<void> {
    await turnOfTheEventLoop();
    for (let taken = this.store.jobs.take(); taken !== undefined; taken = this.store.jobs.take()) {
      const { job, done, putBack } = taken;
      void this.handle(job).then(done, (error: unknown) => {
        this.narrator.say(this.time.now(), `job failed: ${String(error)}`);
        putBack(after(this.time.now(), 1_000));
      });
      await turnOfTheEventLoop();
    }
  }

  private told = new Map<ReleaseId, number>();
  private async tell(id: ReleaseId): Promise<void> {
    const since = this.told.get(id) ?? 0;
    const events = must(await this.useCases.listEvents(id, since, 1_000));
    for (const { sequence, event } of events) {
      if (sequence <= (this.told.get(id) ?? 0)) continue;
      this.told.set(id, sequence);
      this.narrator.event(event);
    }
  }
}

function must<T>(result: Result<T, Refusal>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}
