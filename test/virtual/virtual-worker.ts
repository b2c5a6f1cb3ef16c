import {
  Connections,
  Following,
  clusterChanged,
  handleJob,
  looksAt,
  rememberingJudge,
  releaseChanged,
  wake,
  type Clock,
  type ClusterConnector,
  type ClusterLink,
  type ClusterRecord,
  type Job,
  type LoopDeps,
  type MetricsSource,
  type OutgoingCalls,
  type ProxyFleet,
  type UnitOfWork,
} from '@spillway/application';
import type { TakenJob } from '@spillway/application/testing';
import {
  createSimulatedEgressConnector,
  type SimulatedWorld,
  type Timers,
} from '@spillway/adapter-cluster';
import { judgeMetric } from '@spillway/domain-analysis';
import { after, instant, type ClusterName, type Duration, type ReleaseId } from '@spillway/kernel';
import { aliveLink } from './alive-link.js';
import { Life, type Turns } from './life.js';
import { noSources } from './no-sources.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How long the jobs of a dead worker lie before another one may take them. */
export const sweep = 2_000;

/** How long a job that failed waits. */
const retryAfter = 1_000;

/** What a test may put between a worker and its ports. */
export interface Between {
  readonly unitOfWork?: (real: UnitOfWork) => UnitOfWork;
  readonly link?: (real: ClusterLink) => ClusterLink;
  readonly metrics?: (real: MetricsSource) => MetricsSource;
  readonly loop?: (real: LoopDeps) => LoopDeps;
}

export interface VirtualWorkerOptions {
  readonly store: UnitOfWork;
  readonly world: SimulatedWorld;
  readonly connector: ClusterConnector;
  /** The database's. */
  readonly clock: Clock;
  readonly timers: Timers;
  readonly metrics: (record: ClusterRecord) => MetricsSource;
  readonly fleet: (cluster: ClusterName) => ProxyFleet;
  readonly outgoing: OutgoingCalls;
  readonly newId: () => string;
  readonly onFailure: (job: Job, error: unknown) => void;
  /** By how much the worker's own clock is wrong. */
  readonly skew?: number;
  readonly turns?: Turns;
  readonly between?: Between;
}

/** A worker with links, caches, memory and a clock of its own, which can be killed between any two awaits. */
export class VirtualWorker {
  readonly life: Life;
  readonly links: Connections<ClusterLink>;
  /** What it sees of clusters, whatever is put between. */
  readonly seen = new Map<ClusterName, ClusterLink>();
  readonly inHand = new Set<TakenJob>();
  private readonly handle: (job: Job) => Promise<void>;
  private readonly deps: LoopDeps;

  constructor(private readonly options: VirtualWorkerOptions) {
    this.life = new Life(options.turns);
    this.links = this.linksOf(options);
    const plain = this.depsOf(options);
    this.deps = options.between?.loop?.(plain) ?? plain;
    const onChange = clusterChanged(this.deps);
    this.heard = (change) => void onChange(change).catch(() => undefined);
    this.handle = handleJob(this.deps);
  }

  private heard: (change: Parameters<ReturnType<typeof clusterChanged>>[0]) => void = () =>
    undefined;

  /** As a process does that begins: connects every cluster and looks at every release. */
  async begin(): Promise<void> {
    const found = await this.deps.unitOfWork.run(async (tx) => ({
      clusters: (await tx.clusters.list({ limit: 200 })).items,
      running: await tx.releases.allRunning(),
    }));
    for (const record of found.clusters) this.deps.links.to(record);
    await wake(this.deps.unitOfWork, looksAt(found.running));
  }

  /** Somebody saved something of a release. */
  hear(release: ReleaseId): void {
    void releaseChanged(this.deps)(release).catch(() => undefined);
  }

  /** Begins the job; it ends in its own time, or never. `isRepeated`: the queue never hears that it did. */
  start(taken: TakenJob, isRepeated: () => boolean = () => false): Promise<void> {
    this.inHand.add(taken);
    const now = () => this.options.clock.now();
    return this.handle(taken.job).then(
      () => {
        if (!this.inHand.delete(taken)) return;
        if (isRepeated()) taken.putBack(now());
        else taken.done();
      },
      (error: unknown) => {
        if (!this.inHand.delete(taken)) return;
        this.options.onFailure(taken.job, error);
        taken.putBack(after(now(), retryAfter));
      },
    );
  }

  /** Others may have its jobs, though it goes on with them should it wake up. */
  loseJobs(at = this.options.clock.now()): void {
    for (const taken of this.inHand) taken.putBack(at);
    this.inHand.clear();
  }

  /** As SIGKILL: nothing that it awaits ever comes, and its jobs are found by the others. */
  async kill(): Promise<void> {
    this.life.end();
    this.loseJobs(after(this.options.clock.now(), sweep));
    await this.links.close();
  }

  private linksOf({
    connector,
    skew = 0,
    between,
  }: VirtualWorkerOptions): Connections<ClusterLink> {
    return new Connections<ClusterLink>(({ name, connection }) => {
      const onChange = (change: Parameters<typeof this.heard>[0]) => this.heard(change);
      const real = connector.connect({ cluster: name, connection, onChange });
      const link = aliveLink(real, this.life, skew);
      this.seen.set(name, link);
      return between?.link?.(link) ?? link;
    });
  }

  private depsOf(options: VirtualWorkerOptions): LoopDeps {
    const { store, world, skew = 0, between, clock: database } = options;
    const { life, links } = this;
    const alive: UnitOfWork = {
      run: (work) => life.guard(() => store.run(work), 'transaction'),
      read: (work) => life.guard(() => store.read(work), 'reading'),
    };
    return {
      unitOfWork: between?.unitOfWork?.(alive) ?? alive,
      links,
      metrics: new Connections<MetricsSource>((record) => {
        const source = options.metrics(record);
        const guarded: MetricsSource = {
          read: (question) => life.guard(() => source.read(question), `metrics of ${record.name}`),
          close: () => source.close(),
        };
        return between?.metrics?.(guarded) ?? guarded;
      }),
      sources: noSources(),
      egress: new Connections((record) => createSimulatedEgressConnector(world).connect(record)),
      proxies: new Connections(({ name }) => {
        const fleet = options.fleet(name);
        return {
          look: (question) => life.guard(() => fleet.look(question), `proxies of ${name}`),
          close: () => fleet.close(),
        };
      }),
      outgoing: {
        call: (request) => life.guard(() => options.outgoing.call(request), request.url),
      },
      notifier: { send: () => Promise.resolve({ kind: 'sent' }) },
      newId: options.newId,
      chance: () => 0.5,
      following: new Following(),
      judge: rememberingJudge(judgeMetric),
      clock: { now: () => instant(database.now() + skew) },
      pause: (length) => life.guard(() => this.sleep(length), 'pause'),
      logger: silent,
    };
  }

  private sleep(length: Duration): Promise<void> {
    const { clock, timers } = this.options;
    return new Promise((wake) => void timers.schedule(after(clock.now(), length), wake));
  }
}
