import { aCaller } from '@spillway/application/testing';
import type { Caller, UseCases } from '@spillway/application';
import { playgroundDeployment } from '@spillway/adapter-cluster';
import { liveGeneration, type LiveObject, type MeshService } from '@spillway/domain-istio';
import type { Release } from '@spillway/domain-release';
import {
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
import { Clockwork } from './clockwork.js';
import { Dice } from './dice.js';
import { watchEgress } from './promise/egress-watch.js';
import type { Impairment } from './promise/returns.js';
import { deployOwned, kindsOfOwner, ownershipFor } from './owned.js';
import { Site, type Plant } from './site.js';
import { someStrategy } from './some-strategy.js';

/** What somebody asks the API for. */
type Asked = (api: UseCases, caller: Caller) => Promise<Result<unknown, Refusal>>;

/** Fails two requests in five from its first moment on, and nothing that happens at night changes it. */
const badVersion = { readyEndpoints: 3, errorRate: 0.4, latencyMs: { median: 20, p99: 120 } };
const versions = [...playgroundDeployment.versions, { version: version('v4'), ...badVersion }];

const names = ['catalog', 'cart', 'search'] as const;

/** How large a night is. */
export interface NightSize {
  readonly seed: number;
  readonly clusters: number;
  readonly workers: number;
  readonly services: number;
}

export interface NightOptions {
  readonly isTold?: boolean;
  readonly plant?: (site: Site) => Plant;
}

/** Many releases of a few services in some clusters, and all that can happen to them. */
export class Night {
  readonly site: Site;
  readonly clusters: readonly string[];
  readonly stable = playgroundDeployment.stable;
  readonly services: readonly MeshService[];
  readonly strategies = ['canary', 'gated'] as const;
  readonly clock: Clockwork;
  /** When somebody other than Spillway wrote to a cluster last. */
  readonly edited = new Map<string, Instant>();
  private readonly routes = new Map<string, LiveObject[]>();

  constructor(
    readonly plan: NightSize,
    { isTold = false, plant }: NightOptions,
  ) {
    this.services = servicesOf(plan);
    const { services } = this;
    this.site = new Site({ seed: plan.seed, services, isTold, ...(plant && { plant }) });
    this.clock = new Clockwork(this.site);
    this.clusters = Array.from({ length: plan.clusters }, (_, i) =>
      i === 0 ? 'eu-west' : `cluster-${i + 1}`,
    );
  }

  async begin(): Promise<void> {
    const { site, plan } = this;
    for (const cluster of this.clusters) this.deploy(cluster);
    await this.describe(new Dice(plan.seed + 1));
    for (let i = 0; i < plan.workers; i += 1) site.addWorker(i === 0 ? 0 : (i - 2) * 2_500);
  }

  /** Who is told that it is done finds it done; who hears nothing may find either. */
  ask(who: string, what: string, asked: Asked, idempotencyKey?: string): void {
    const { site } = this;
    const caller = aCaller(who, idempotencyKey === undefined ? {} : { idempotencyKey });
    void asked(site.api.useCases, caller).then(
      (answer) => {
        site.book.say(() => `${who} is told: ${answer.ok ? 'done' : answer.error.message}`);
        if (!answer.ok || !isRelease(answer.value)) return;
        site.promises.noteAccepted(answer.value, what);
        if (idempotencyKey !== undefined)
          site.promises.keys.mustBeSame(idempotencyKey, what, answer.value.id);
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

  get everywhere(): readonly ClusterName[] {
    return this.clusters.map(clusterName);
  }

  named(cluster: string): ClusterName {
    return clusterName(cluster);
  }

  /** Routes that the cluster held before, the newest last. */
  oldRoutes(cluster: string): readonly LiveObject[] {
    return this.routes.get(cluster) ?? [];
  }

  private deploy(cluster: string): void {
    const { site } = this;
    const mesh = site.mesh(cluster);
    for (const service of this.services) {
      deployOwned(mesh, { ...playgroundDeployment, service, versions });
    }
    const routes: LiveObject[] = [];
    this.routes.set(cluster, routes);
    site.promises.watch(clusterName(cluster));
    watchEgress(mesh, site.book);
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
    const { everywhere, stable } = this;
    for (const name of everywhere) {
      const connection = { kind: 'simulated', seed: 1 } as const;
      const proxies = { kind: 'istiod', urls: ['http://istiod'] } as const;
      const about = { name, labels: {}, connection, proxies };
      must(await founder.putCluster({ ...about, metrics: { kind: 'simulated' } }, aCaller()));
    }
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

/** Some are Spillway's alone, some it shares with people. */
function servicesOf(plan: NightSize): readonly MeshService[] {
  const dice = new Dice(plan.seed + 2);
  return names.slice(0, plan.services).map((name) => ({
    ...playgroundDeployment.service,
    service: serviceName(`shop/${name}`),
    host: `${name}.shop.svc.cluster.local`,
    ownership: ownershipFor(dice.one(kindsOfOwner), name),
  }));
}

const isRelease = (value: unknown): value is Release =>
  typeof value === 'object' && value !== null && 'revision' in value && 'rollouts' in value;
