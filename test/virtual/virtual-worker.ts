import {
  Connections,
  Following,
  clusterChanged,
  handleJob,
  type Clock,
  type ClusterConnector,
  type ClusterLink,
  type Job,
  type LoopDeps,
  type MetricsSource,
  type OutgoingCalls,
  type ProxyFleet,
  type UnitOfWork,
} from '@spillway/application';
import type { InMemoryUnitOfWork, TakenJob } from '@spillway/application/testing';
import {
  createSimulatedEgressConnector,
  createSimulatedMetricsSource,
  type SimulatedWorld,
  type Timers,
} from '@spillway/adapter-cluster';
import { judgeMetric } from '@spillway/domain-analysis';
import { after, type ClusterName } from '@spillway/kernel';
import { Life } from './life.js';
import { noSources } from './no-sources.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How long the jobs of a dead worker lie before another one may take them. */
const sweep = 2_000;

export interface VirtualWorkerOptions {
  readonly store: InMemoryUnitOfWork;
  readonly world: SimulatedWorld;
  readonly connector: ClusterConnector;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly fleet: (cluster: ClusterName) => ProxyFleet;
  readonly outgoing: OutgoingCalls;
  readonly onFailure: (job: Job, error: unknown) => void;
}

/** A worker with links, caches and memory of its own, which can be killed between any two awaits. */
export class VirtualWorker {
  readonly life = new Life();
  readonly links: Connections<ClusterLink>;
  private readonly handle: (job: Job) => Promise<void>;
  private readonly inHand = new Set<TakenJob>();
  private ids = 0;

  constructor(private readonly options: VirtualWorkerOptions) {
    const { store, world, connector, clock, timers } = options;
    const unitOfWork: UnitOfWork = {
      run: (work) => this.life.guard(() => store.run(work)),
      read: (work) => this.life.guard(() => store.read(work)),
    };
    this.links = new Connections<ClusterLink>(({ name, connection }) =>
      this.mortal(
        connector.connect({
          cluster: name,
          connection,
          onChange: (change) => void clusterChanged(deps)(change),
        }),
      ),
    );
    const deps: LoopDeps = {
      unitOfWork,
      links: this.links,
      metrics: new Connections<MetricsSource>(({ name }) => {
        const source = createSimulatedMetricsSource(world.mesh(name, 1));
        return {
          read: (question) => this.life.guard(() => source.read(question)),
          close: () => source.close(),
        };
      }),
      sources: noSources(),
      egress: new Connections((record) => createSimulatedEgressConnector(world).connect(record)),
      proxies: new Connections(({ name }) => {
        const fleet = this.options.fleet(name);
        return {
          look: (question) => this.life.guard(() => fleet.look(question)),
          close: () => fleet.close(),
        };
      }),
      outgoing: {
        call: (request) => this.life.guard(() => this.options.outgoing.call(request)),
      },
      notifier: { send: () => Promise.resolve({ kind: 'sent' }) },
      newId: () => {
        this.ids += 1;
        return `00000000-0000-4000-9000-${String(this.ids).padStart(12, '0')}`;
      },
      chance: () => 0.5,
      following: new Following(),
      judge: judgeMetric,
      clock,
      pause: (length) =>
        this.life.guard(
          () => new Promise((resolve) => void timers.schedule(after(clock.now(), length), resolve)),
        ),
      logger: silent,
    };
    this.handle = handleJob(deps);
  }

  /** Begins the job; it ends in its own time, or never. */
  start(taken: TakenJob): void {
    this.inHand.add(taken);
    void this.handle(taken.job).then(
      () => {
        this.inHand.delete(taken);
        taken.done();
      },
      (error: unknown) => {
        this.inHand.delete(taken);
        this.options.onFailure(taken.job, error);
        taken.putBack(after(this.options.clock.now(), 1_000));
      },
    );
  }

  /** As SIGKILL: nothing that it awaits ever comes, and its jobs are found by the others. */
  async kill(): Promise<void> {
    this.life.end();
    for (const taken of this.inHand) taken.putBack(after(this.options.clock.now(), sweep));
    this.inHand.clear();
    await this.links.close();
  }

  private mortal(link: ClusterLink): ClusterLink {
    return {
      cluster: link.cluster,
      state: () => link.state(),
      routing: (service) => link.routing(service),
      follow: (service) => link.follow(service),
      unfollow: (service) => link.unfollow(service),
      readyEndpoints: (service, version) => link.readyEndpoints(service, version),
      apply: (object, expected) => this.life.guard(() => link.apply(object, expected)),
      patch: (write) => this.life.guard(() => link.patch(write)),
      setAccessLog: (setting) => this.life.guard(() => link.setAccessLog(setting)),
      dryRun: (write) => this.life.guard(() => link.dryRun(write)),
      remove: (write) => this.life.guard(() => link.remove(write)),
      probe: () => link.probe(),
      close: () => link.close(),
    };
  }
}
