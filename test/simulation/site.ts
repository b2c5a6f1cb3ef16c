import {
  Connections,
  createUseCases,
  type ClusterLink,
  type Job,
  type MetricsSource,
  type UnitOfWork,
  type UseCaseDeps,
  type UseCases,
} from '@spillway/application';
import {
  ScriptedFleet,
  ScriptedOutgoing,
  VirtualClock,
  createInMemoryUnitOfWork,
  scriptedProtocol,
} from '@spillway/application/testing';
import {
  SimulatedWorld,
  createSimulatedConnector,
  createSimulatedEgressConnector,
  createSimulatedEgressMetrics,
  type SimulatedMesh,
} from '@spillway/adapter-cluster';
import type { MeshService } from '@spillway/domain-istio';
import { re2 } from '@spillway/adapter-regex';
import { after, clusterName, releaseId, type ClusterName } from '@spillway/kernel';
import { Life } from '../virtual/life.js';
import { noSources } from '../virtual/no-sources.js';
import { startOfStory } from '../virtual/virtual-engine.js';
import { VirtualWorker, type Between } from '../virtual/virtual-worker.js';
import { Book } from './book.js';
import { Dice } from './dice.js';
import { Metrics } from './metrics.js';
import { Outside } from './outside.js';
import { Promises } from './promise/promises.js';
import { Scheduler, type Process } from './scheduler.js';
import { watchedStore, type DatabaseFaults } from './watched-store.js';

/** A bug that is planted on purpose: what stands between processes and their ports. */
export interface Plant extends Between {
  readonly useCases?: (real: UseCaseDeps) => UseCaseDeps;
  /** Beneath all that looks at what is saved. */
  readonly database?: (real: UnitOfWork) => UnitOfWork;
  readonly mesh?: (mesh: SimulatedMesh) => void;
}

export interface SiteOptions {
  readonly services: readonly MeshService[];
  readonly seed: number;
  readonly isTold: boolean;
  readonly plant?: (site: Site) => Plant;
}

/** A worker of the site, by its place among them. */
export interface Hand extends Process {
  readonly worker: VirtualWorker;
  /** What is to be called when a job of it can do nothing any more. */
  readonly ends: Set<() => void>;
}

/** Processes, a database and clusters in virtual time: all that a night needs but the night. */
export class Site {
  readonly time = new VirtualClock(startOfStory);
  readonly store = createInMemoryUnitOfWork({ clock: this.time });
  readonly world = new SimulatedWorld({ clock: this.time, timers: this.time });
  readonly outgoing = new ScriptedOutgoing();
  readonly faults: DatabaseFaults = { refused: 0, unanswered: 0 };
  readonly services: readonly MeshService[];
  readonly dice: Dice;
  readonly book: Book;
  readonly scheduler: Scheduler;
  readonly metrics: Metrics;
  readonly outside: Outside;
  readonly promises: Promises;
  hands: Hand[] = [];
  api: Process & { readonly useCases: UseCases };
  /** The use cases without anything between: for what was there before the night. */
  readonly founder: UseCases;
  /** Jobs that were done and are delivered again, from now on. */
  repeats = 0;
  readonly plant: Plant;
  private readonly connector = createSimulatedConnector(this.world);
  private readonly fleets = new Map<string, ScriptedFleet>();
  private readonly ids = { release: 0, other: 0, process: 0 };

  constructor(options: SiteOptions) {
    this.services = options.services;
    this.dice = new Dice(options.seed);
    this.book = new Book(() => this.time.now(), options.isTold);
    this.scheduler = new Scheduler(this.dice, {
      awaits: (of, what) => this.onAwait(of, what),
      goesOn: (of, what) => this.onTurn(of, what),
    });
    this.metrics = new Metrics(this);
    this.outside = new Outside(this);
    this.promises = new Promises(this);
    this.plant = options.plant?.(this) ?? {};
    this.founder = createUseCases(this.depsOf(this.store));
    this.api = this.newApi();
    this.store.feed.subscribe((release) => {
      for (const { worker, isStopped } of this.hands) if (!isStopped) worker.hear(release);
    });
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

  isStopped = (name: string): boolean =>
    [...this.hands, this.api].some((process) => process.name === name && process.isStopped);

  /** A worker whose clock is wrong by so many milliseconds. */
  addWorker(skew: number): Hand {
    const name = this.nameOf('worker');
    const { world, connector, time, plant } = this;
    let hand: Hand | undefined;
    const worker = new VirtualWorker({
      store: this.storeSeenBy(() => hand),
      world,
      connector,
      clock: time,
      timers: time,
      skew,
      turns: this.scheduler.turnsOf(name),
      between: plant,
      metrics: (record) => this.sourceOf(record.name),
      fleet: (cluster) => this.fleet(cluster),
      outgoing: { call: (request) => this.outside.call(request) },
      newId: () => idOf('9', (this.ids.other += 1)),
      onFailure: (job, error) =>
        this.book.say(() => `${name}: ${job.kind} failed: ${String(error)}`),
    });
    hand = { name, worker, life: worker.life, isStopped: false, ends: new Set() };
    this.hands.push(hand);
    void worker.begin().catch(() => undefined);
    return hand;
  }

  /** One of them begins a job that is due; which, and who, is drawn. */
  startJob(): void {
    const hand = this.dice.one(this.awake());
    const taken = this.store.jobs.take((due) => this.dice.under(due.length));
    if (taken === undefined) return;
    const { job } = taken;
    this.book.remark(() => `${hand.name} takes ${textOf(job)}`);
    const end = this.promises.noteJob(job);
    hand.ends.add(end);
    const ended = hand.worker.start(taken, () => this.isRepeated(job));
    void ended.then(() => {
      end();
      hand.ends.delete(end);
      this.book.note('job', job.kind);
    });
  }

  /** Workers that can take a job now. */
  awake(): readonly Hand[] {
    return this.hands.filter(({ isStopped, worker }) => !isStopped && worker.inHand.size < 10);
  }

  private isRepeated(job: Job): boolean {
    if (this.repeats === 0) return false;
    this.repeats -= 1;
    this.book.say(() => `nobody hears that ${textOf(job)} is done: it is delivered again`);
    return true;
  }

  /** As SIGKILL. Its jobs are found by the others, and nothing that it awaits ever comes. */
  async kill(hand: Hand): Promise<void> {
    this.hands = this.hands.filter((other) => other !== hand);
    this.scheduler.forget(hand.name);
    for (const end of hand.ends) end();
    await hand.worker.kill();
  }

  /** The API dies with all requests that it has in hand, and another one takes its place. */
  killApi(): void {
    this.api.life.end();
    this.scheduler.forget(this.api.name);
    this.api = this.newApi();
  }

  private sourceOf(cluster: ClusterName): MetricsSource {
    return this.metrics.of(cluster);
  }

  private newApi(): Process & { readonly useCases: UseCases } {
    const name = this.nameOf('api');
    const life = new Life(this.scheduler.turnsOf(name));
    const store = this.storeSeenBy(() => undefined);
    const deps = this.depsOf({
      run: (work) => life.guard(() => store.run(work), 'transaction'),
      read: (work) => life.guard(() => store.read(work), 'reading'),
    });
    const useCases = createUseCases(this.plant.useCases?.(deps) ?? deps);
    return { name, life, isStopped: false, useCases };
  }

  private storeSeenBy(hand: () => Hand | undefined): UnitOfWork {
    const database = this.plant.database?.(this.store) ?? this.store;
    return watchedStore(database, this.faults, (tx, saves) =>
      this.promises.noteSaves(tx, saves, hand()),
    );
  }

  private depsOf(unitOfWork: UnitOfWork): UseCaseDeps {
    const { time, world } = this;
    return {
      unitOfWork,
      links: new Connections<ClusterLink>(({ name: cluster, connection }) =>
        this.connector.connect({ cluster, connection, onChange: () => undefined }),
      ),
      metrics: new Connections((record) => this.sourceOf(record.name)),
      sources: noSources(),
      connector: this.connector,
      egress: new Connections((record) => createSimulatedEgressConnector(world).connect(record)),
      egressMetrics: new Connections((record) =>
        createSimulatedEgressMetrics(this.mesh(record.name)),
      ),
      onClusterPut: () => undefined,
      feed: this.store.feed,
      pause: (length) => new Promise((wake) => void time.schedule(after(time.now(), length), wake)),
      regex: re2,
      webhooks: scriptedProtocol,
      newReleaseId: () => releaseId(idOf('8', (this.ids.release += 1))),
    };
  }

  private nameOf(kind: string): string {
    this.ids.process += 1;
    return `${kind}-${this.ids.process}`;
  }

  private onAwait(of: string, what: string): void {
    if (!what.startsWith('apply in') || what.endsWith(' answered')) return;
    const hand = this.hands.find(({ name }) => name === of);
    hand?.atNextWrite?.();
  }

  private onTurn(of: string, what: string): void {
    this.book.remark(() => `${of}: ${what}`);
    if (!what.endsWith(' answered') || inside.has(what)) return;
    this.book.note('call', what.slice(0, what.indexOf(' ')));
  }
}

/** What is no call to anybody but the database. */
const inside = new Set(['transaction answered', 'reading answered', 'pause answered']);

const textOf = ({ kind, ...about }: Job): string => [kind, ...Object.values(about)].join(' ');

/** The first block tells releases apart in the names of routes. */
const idOf = (kind: string, n: number): string =>
  `${String(n).padStart(8, '0')}-0000-4000-${kind}000-${String(n).padStart(12, '0')}`;
