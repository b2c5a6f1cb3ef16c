import { setImmediate } from 'node:timers/promises';
import type { Caller } from '../../access/caller.js';
import { judgeMetric, type Reading } from '@spillway/domain-analysis';
import type { Release } from '@spillway/domain-release';
import { nearRe2 } from '@spillway/domain-lint/testing';
import { aMoment, aStrategy } from '@spillway/domain-release/testing';
import {
  after,
  releaseId,
  strategyName,
  version,
  type ClusterName,
  type Instant,
  type ReleaseId,
} from '@spillway/kernel';
import { Connections } from '../../connection/connections.js';
import type { LoopDeps } from '../../loop/deps.js';
import { Following } from '../../loop/following.js';
import { handleJob } from '../../loop/handle-job.js';
import type { ClusterLink } from '../../port/cluster-link.js';
import type { ClusterRecord } from '../../port/cluster-store.js';
import type { Job } from '../../port/job-queue.js';
import type { MetricQuestion, MetricsSource } from '../../port/metrics-source.js';
import type { NumberSource, SourceAnswer } from '../../port/number-source.js';
import type { SourceRecord } from '../../port/source-store.js';
import { createUseCases } from '../../use-case/create-use-cases.js';
import type { StartRelease, UseCases } from '../../use-case/use-cases.js';
import { aCluster, aService, eu, us } from '../contract/index.js';
import { createInMemoryUnitOfWork, type InMemoryUnitOfWork } from './in-memory-unit-of-work.js';
import { ScriptedCluster } from './scripted-cluster.js';
import { ScriptedEgress } from './scripted-egress.js';
import { ScriptedFleet } from './scripted-fleet.js';
import { scriptedProtocol } from './scripted-protocol.js';
import { ScriptedNotifier } from './scripted-notifier.js';
import { ScriptedOutgoing } from './scripted-outgoing.js';
import { VirtualClock } from './virtual-clock.js';
import { aCaller } from './a-caller.js';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** One worker and the use cases over a database in memory, two scripted clusters and dictated metrics. */
export class Workshop {
  readonly clock = new VirtualClock(aMoment);
  readonly uow: InMemoryUnitOfWork = createInMemoryUnitOfWork({ clock: this.clock });
  readonly clusters: ReadonlyMap<ClusterName, ScriptedCluster> = new Map(
    [eu, us].map((name) => [name, new ScriptedCluster(name, this.clock)]),
  );
  readonly egress: ReadonlyMap<ClusterName, ScriptedEgress> = new Map(
    [eu, us].map((name) => [name, new ScriptedEgress(name)]),
  );
  readonly fleets: ReadonlyMap<ClusterName, ScriptedFleet> = new Map(
    [eu, us].map((name) => [name, new ScriptedFleet()]),
  );
  readonly egressLinks = new Connections(({ name }) => this.egressOf(name));
  readonly links = new Connections<ClusterLink>(({ name }) => this.cluster(name));
  readonly asked: (MetricQuestion & { readonly cluster: ClusterName })[] = [];
  /** What every question to the metrics is answered with. */
  reading: Reading = { kind: 'value', candidate: { value: 99.9 } };
  readonly log: LogLine[] = [];
  /** Clusters that were put through a use case. */
  readonly put: ClusterName[] = [];
  readonly following = new Following();
  readonly outgoing = new ScriptedOutgoing();
  readonly notifier = new ScriptedNotifier();
  /** What every source answers. */
  answer: SourceAnswer = { kind: 'empty' };
  readonly metrics = new Connections<MetricsSource>((record) => this.metricsOf(record));
  readonly sources = new Connections<NumberSource, SourceRecord>(() => ({
    ask: () => Promise.resolve(this.answer),
    close: () => Promise.resolve(),
  }));
  readonly deps: LoopDeps = {
    unitOfWork: this.uow,
    links: this.links,
    metrics: this.metrics,
    sources: this.sources,
    egress: this.egressLinks,
    proxies: new Connections(({ name }) => this.fleet(name)),
    outgoing: this.outgoing,
    notifier: this.notifier,
    newId: () => `00000000-0000-4000-9000-${String((this.calls += 1)).padStart(12, '0')}`,
    chance: () => 0.5,
    following: this.following,
    judge: judgeMetric,
    clock: this.clock,
    // The only worker there is waits: nothing else happens meanwhile but what comes at once.
    pause: async (length, signal) => {
      if (signal !== undefined) await setImmediate();
      if (signal?.aborted !== true) await this.clock.advanceTo(after(this.clock.now(), length));
    },
    logger: {
      info: (_, message) => this.log.push({ level: 'info', message }),
      warn: (_, message) => this.log.push({ level: 'warn', message }),
      error: (_, message) => this.log.push({ level: 'error', message }),
    },
  };
  readonly useCases: UseCases = createUseCases({
    unitOfWork: this.uow,
    links: this.links,
    connector: { connect: ({ cluster }) => new ScriptedCluster(cluster, this.clock) },
    metrics: this.metrics,
    sources: this.sources,
    egress: this.egressLinks,
    egressMetrics: this.egressLinks,
    onClusterPut: (record) => this.put.push(record.name),
    feed: this.uow.feed,
    regex: nearRe2,
    webhooks: scriptedProtocol,
    newReleaseId: () => this.nextId(),
    pause: (length) => this.clock.advanceTo(after(this.clock.now(), length)),
  });
  private ids = 0;
  private calls = 0;

  cluster(name: ClusterName): ScriptedCluster {
    const found = this.clusters.get(name);
    if (found === undefined) throw new Error(`no cluster ${name}`);
    return found;
  }

  fleet(name: ClusterName): ScriptedFleet {
    const found = this.fleets.get(name);
    if (found === undefined) throw new Error(`no cluster ${name}`);
    return found;
  }

  egressOf(name: ClusterName): ScriptedEgress {
    const found = this.egress.get(name);
    if (found === undefined) throw new Error(`no cluster ${name}`);
    return found;
  }

  /** Two clusters, `shop/catalog` at v1 in both, and the strategy `canary-10`. */
  async furnish(strategy: Parameters<typeof aStrategy>[0] = {}): Promise<void> {
    await this.uow.run(async (tx) => {
      for (const name of [eu, us]) await tx.clusters.put(aCluster({ name }));
      await tx.services.put(aService());
      const { version: _, ...draft } = aStrategy(strategy);
      await tx.strategies.put(draft);
    });
  }

  /** Anna releases v2 of the catalog, unless it is said otherwise. */
  start(
    command: Partial<StartRelease> = {},
    caller: Partial<Caller> = {},
  ): ReturnType<UseCases['startRelease']> {
    return this.useCases.startRelease(
      {
        service: aService().service,
        candidate: version('v2'),
        strategy: strategyName('canary-10'),
        description: '',
        ...command,
      },
      aCaller('anna', caller),
    );
  }

  async started(
    command: Partial<StartRelease> = {},
    caller: Partial<Caller> = {},
  ): Promise<Release> {
    const outcome = await this.start(command, caller);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  }

  async release(id: ReleaseId): Promise<Release> {
    const found = await this.uow.run((tx) => tx.releases.get(id));
    if (found === undefined) throw new Error(`no release ${id}`);
    return found;
  }

  /** Runs every job that is due now and those that they make due now. */
  async work(): Promise<void> {
    await this.uow.jobs.run(handleJob(this.deps));
  }

  /** Works through all that falls due in so many milliseconds. */
  async pass(ms: number): Promise<void> {
    const end = after(this.clock.now(), ms);
    await this.work();
    for (let next = this.uow.jobs.nextRunAt(); next !== undefined && next <= end;) {
      await this.clock.advanceTo(later(next, this.clock.now()));
      await this.work();
      next = this.uow.jobs.nextRunAt();
    }
    await this.clock.advanceTo(later(end, this.clock.now()));
  }

  /** As if another worker had taken every job that is due. */
  takeAll(): void {
    for (let taken = this.uow.jobs.take(); taken !== undefined; taken = this.uow.jobs.take()) {
      taken.done();
    }
  }

  /** `apply eu in 150 ms`: what waits in the queue, in the order in which it will run. */
  queue(): readonly string[] {
    const now = this.clock.now();
    return this.uow.jobs
      .due(after(now, 1e12))
      .map(({ job, runAt }) => `${describe(job)} in ${Math.max(0, runAt - now)} ms`);
  }

  private metricsOf({ name }: ClusterRecord): MetricsSource {
    return {
      read: (question) => {
        this.asked.push({ ...question, cluster: name });
        return Promise.resolve(this.reading);
      },
      close: () => Promise.resolve(),
    };
  }

  private nextId(): ReleaseId {
    this.ids += 1;
    return releaseId(`00000000-0000-4000-8000-${String(this.ids).padStart(12, '0')}`);
  }
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

const describe = (job: Job): string => ('cluster' in job ? `${job.kind} ${job.cluster}` : job.kind);

/** Furnished and ready. */
export async function aWorkshop(strategy: Parameters<typeof aStrategy>[0] = {}): Promise<Workshop> {
  const workshop = new Workshop();
  await workshop.furnish(strategy);
  return workshop;
}
