import { aCaller } from '@spillway/application/testing';
import type { Caller, UseCases } from '@spillway/application';
import { deployPlayground, playgroundDeployment } from '@spillway/adapter-cluster';
import { liveGeneration, type LiveObject, type MeshService } from '@spillway/domain-istio';
import type { Phase, Release } from '@spillway/domain-release';
import {
  after,
  clusterName,
  serviceName,
  strategyName,
  version,
  type ClusterName,
  type Instant,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { must } from '../virtual/virtual-engine.js';
import { actOf, isCommand, isOfProcesses } from './act/acts.js';
import type { Broken } from './book.js';
import { Clockwork } from './clockwork.js';
import { Dice } from './dice.js';
import { toTheMorning } from './morning.js';
import type { Action, NightPlan } from './night-plan.js';
import type { Impairment } from './promise/returns.js';
import { Site, type Plant } from './site.js';
import { someStrategy } from './some-strategy.js';

/** What somebody asks the API for. */
type Asked = (api: UseCases, caller: Caller) => Promise<Result<unknown, Refusal>>;

/** What came of a night. */
export interface Report {
  readonly plan: NightPlan;
  readonly events: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly ends: readonly Phase[];
  readonly broken?: Broken;
  readonly lines: readonly string[];
  /** Every await besides; the same for the same plan. */
  readonly trace: readonly string[];
}

export interface NightOptions {
  readonly isTold?: boolean;
  readonly plant?: (site: Site) => Plant;
}

/** Fails two requests in five from its first moment on, and nothing that happens at night changes it. */
const badVersion = { readyEndpoints: 3, errorRate: 0.4, latencyMs: { median: 20, p99: 120 } };
const versions = [...playgroundDeployment.versions, { version: version('v4'), ...badVersion }];

const names = ['catalog', 'cart', 'search'] as const;

/** Many releases through a night of faults. The same plan is the same night. */
export async function liveThrough(plan: NightPlan, options: NightOptions = {}): Promise<Report> {
  const night = new Night(plan, options);
  await night.begin();
  await night.live();
  const { book, promises } = night.site;
  return {
    plan,
    events: book.events,
    counts: book.counts,
    ends: promises.histories.all.map(({ phase }) => phase),
    ...(book.broken === undefined ? {} : { broken: book.broken }),
    lines: book.lines,
    trace: book.trace,
  };
}

export class Night {
  readonly site: Site;
  readonly clusters: readonly string[];
  readonly services: readonly MeshService[];
  readonly strategies = ['canary', 'gated'] as const;
  readonly clock: Clockwork;
  /** When somebody other than Spillway wrote to a cluster last. */
  readonly edited = new Map<string, Instant>();
  private readonly routes = new Map<string, LiveObject[]>();

  constructor(
    readonly plan: NightPlan,
    { isTold = false, plant }: NightOptions,
  ) {
    this.site = new Site({ seed: plan.seed, isTold, ...(plant && { plant }) });
    this.clock = new Clockwork(this.site);
    this.clusters = Array.from({ length: plan.clusters }, (_, i) =>
      i === 0 ? 'eu-west' : `cluster-${i + 1}`,
    );
    this.services = names.slice(0, plan.services).map((name) => ({
      ...playgroundDeployment.service,
      service: serviceName(`shop/${name}`),
      host: `${name}.shop.svc.cluster.local`,
    }));
  }

  async begin(): Promise<void> {
    const { site, plan } = this;
    for (const cluster of this.clusters) this.deploy(cluster);
    await this.describe(new Dice(plan.seed + 1));
    for (let i = 0; i < plan.workers; i += 1) site.addWorker(i === 0 ? 0 : (i - 2) * 2_500);
  }

  async live(): Promise<void> {
    const { site } = this;
    const start = site.time.now();
    for (const [i, action] of this.plan.actions.entries()) {
      site.time.schedule(after(start, action.at), () => this.act(action, i));
    }
    const last = Math.max(0, ...this.plan.actions.map(({ at }) => at));
    await this.clock.until(after(start, last + 3_000));
    await toTheMorning(this);
  }

  /** Who is told that it is done finds it done; who hears nothing may find either. */
  ask(who: string, what: string, asked: Asked): void {
    const { site } = this;
    void asked(site.api.useCases, aCaller(who)).then(
      (answer) => {
        site.book.say(() => `${who} is told: ${answer.ok ? 'done' : answer.error.message}`);
        if (answer.ok && isRelease(answer.value)) site.promises.noteAccepted(answer.value, what);
      },
      (error: unknown) => site.book.say(() => `${who} is told: ${String(error)}`),
    );
  }

  /** Something is wrong with a cluster from now on, or was done to it once. */
  fault(cluster: string, what?: Impairment): void {
    const now = this.site.time.now();
    this.site.promises.returns.fault(clusterName(cluster), now, what);
    if (what === undefined) this.edited.set(cluster, now);
  }

  over(cluster: string, ...what: readonly Impairment[]): void {
    this.site.promises.returns.over(clusterName(cluster), this.site.time.now(), ...what);
  }

  named(cluster: string): ClusterName {
    return clusterName(cluster);
  }

  /** Routes that the cluster held before, the newest last. */
  oldRoutes(cluster: string): readonly LiveObject[] {
    return this.routes.get(cluster) ?? [];
  }

  private act({ kind, seed }: Action, number: number): void {
    const { book, promises, time } = this.site;
    if (book.broken !== undefined) return;
    const text = actOf(kind)(this, new Dice(seed));
    if (text === undefined) return;
    book.note(isCommand(kind) ? 'command' : 'fault', kind);
    book.say(() => `[${number}] ${text}`);
    if (isOfProcesses(kind)) promises.returns.stop(time.now());
  }

  private deploy(cluster: string): void {
    const { site } = this;
    const mesh = site.mesh(cluster);
    for (const service of this.services) {
      deployPlayground(mesh, { ...playgroundDeployment, service, versions });
    }
    const routes: LiveObject[] = [];
    this.routes.set(cluster, routes);
    site.promises.watch(clusterName(cluster));
    site.plant.mesh?.(mesh);
    mesh.apiServer.onChange(({ before }) => {
      if (before?.kind !== 'VirtualService' || (liveGeneration(before) ?? 0) === 0) return;
      routes.push(before);
      if (routes.length > 4) routes.shift();
    });
  }

  /** The clusters, services and strategies of the night, as people described them by day. */
  private async describe(dice: Dice): Promise<void> {
    const { founder } = this.site;
    const everywhere = this.clusters.map(clusterName);
    for (const name of everywhere) {
      const connection = { kind: 'simulated', seed: 1 } as const;
      const proxies = { kind: 'istiod', urls: ['http://istiod'] } as const;
      const about = { name, labels: {}, connection, proxies };
      must(await founder.putCluster({ ...about, metrics: { kind: 'simulated' } }, aCaller()));
    }
    const { stable } = playgroundDeployment;
    for (const service of this.services) {
      must(await founder.putService({ ...service, clusters: everywhere, stable }, aCaller()));
    }
    for (const name of this.strategies) {
      const strategy = someStrategy(dice, {
        isGated: name === 'gated',
        isAlone: everywhere.length === 1,
      });
      must(await founder.putStrategy({ name: strategyName(name), ...strategy }, aCaller()));
    }
  }
}

const isRelease = (value: unknown): value is Release =>
  typeof value === 'object' && value !== null && 'revision' in value && 'rollouts' in value;
