import type {
  AccessLogSetting,
  ApplyOutcome,
  ClusterLink,
  ClusterLinkOptions,
  Clock,
  LinkState,
  ProbeFinding,
  RereadOutcome,
} from '@spillway/application';
import {
  claimOf,
  ownershipOf,
  placesOf,
  type Claim,
  type IstioKind,
  type IstioObject,
  type LiveRouting,
  type MeshService,
  type Write,
} from '@spillway/domain-istio';
import type { ClusterName, Version } from '@spillway/kernel';
import { writeAccessLog } from './access-log.js';
import type { ApiSession } from './api-session.js';
import { dryRunObject } from './dry-run-object.js';
import { DeploymentWatch } from './deployment-watch.js';
import { istioApiPath, pluralOf } from './istio-api.js';
import { LinkStatus } from './link-status.js';
import { probeCluster } from './probe.js';
import { Reflector, type Mirror } from './reflector.js';
import { RoutingCache } from './routing-cache.js';
import { RoutingWriter, type Target } from './routing-writer.js';
import { emptyShelf, type Shelf } from './shelf.js';
import { SharedEndpoints } from './shared-endpoints.js';
import type { VersionWatch } from './version-watch.js';
import { isWatchedAlike, watchVersions } from './watch-versions.js';

interface Followed {
  readonly service: MeshService;
  readonly watch: VersionWatch;
}

const kinds = Object.keys(pluralOf) as readonly IstioKind[];

/** A link to a real API server: two watches for the routing of the whole cluster, two more for each namespace with a followed service. */
export class KubernetesLink implements ClusterLink {
  readonly cluster: ClusterName;
  private readonly cache: RoutingCache;
  private readonly status: LinkStatus;
  private readonly writer: RoutingWriter;
  private readonly reflectors: readonly Reflector[];
  private readonly means: Parameters<typeof watchVersions>[0];
  private readonly followed = new Map<string, Followed>();
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor(
    private readonly session: ApiSession,
    private readonly clock: Clock,
    private readonly options: Pick<ClusterLinkOptions, 'cluster' | 'onChange'>,
  ) {
    this.cluster = options.cluster;
    this.means = { session, clock, endpoints: new SharedEndpoints(session, clock) };
    this.status = new LinkStatus(kinds, clock, (state) => this.tell({ kind: 'state', state }));
    this.cache = new RoutingCache(
      clock,
      (claims) => {
        // Before all is known there is nothing to look at; `ready` will say when.
        if (this.status.knowsAll) this.tellOf(claims);
      },
      () => [...this.followed.values()].map(({ service }) => service),
    );
    this.reflectors = kinds.map((kind) => {
      const collection = { path: `${istioApiPath}/${pluralOf[kind]}` };
      return new Reflector(session, collection, this.mirrorOf(kind), clock);
    });
    this.writer = new RoutingWriter(
      session,
      (target) => this.shelfOf(target),
      () => this.state(),
      (reason) => this.doubt(reason),
    );
    for (const reflector of this.reflectors) this.keep(reflector.run());
  }

  state(): LinkState {
    return this.status.state;
  }

  routing(service: MeshService): LiveRouting | undefined {
    if (!this.status.knowsAll) return undefined;
    if (ownershipOf(service).kind !== 'replicas') return this.cache.routing(service);
    // Nothing in a mesh bears on it; its Deployments are known only while it is followed.
    const watch = this.watchOf(service);
    const deployments = watch instanceof DeploymentWatch ? watch.deployments : undefined;
    return deployments && { deployments, foreign: [] };
  }

  reread(service: MeshService): Promise<RereadOutcome> {
    return this.writer.reread(placesOf(service));
  }

  follow(service: MeshService): void {
    if (this.closed) return;
    const watch = this.watchOf(service);
    // Where its routing is may be another place now.
    if (watch !== undefined) return void this.followed.set(service.service, { service, watch });
    const before = this.followed.get(service.service)?.watch;
    const { namespace } = claimOf(service);
    const told = [{ namespace, host: service.host }];
    const begun = watchVersions(this.means, service, () => this.tellOf(told));
    this.followed.set(service.service, { service, watch: begun });
    this.keep(begun.run());
    // Not before: what both watch goes on.
    before?.stop();
  }

  unfollow({ service }: MeshService): void {
    this.followed.get(service)?.watch.stop();
    this.followed.delete(service);
  }

  readyEndpoints(service: MeshService, version: Version): number | undefined {
    return this.watchOf(service)?.ready(version);
  }

  apply(
    object: IstioObject,
    expected: { readonly resourceVersion?: string },
  ): Promise<ApplyOutcome> {
    return this.writer.apply(object, expected);
  }

  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    return this.writer.patch(write);
  }

  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return this.writer.remove(write);
  }

  dryRun(write: Exclude<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return dryRunObject(this.session, write);
  }

  setAccessLog(setting: AccessLogSetting): Promise<ApplyOutcome> {
    return writeAccessLog(this.session, setting);
  }

  probe(): Promise<readonly ProbeFinding[]> {
    return probeCluster(this.session);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const watch of this.watches()) watch.stop();
    this.followed.clear();
    await this.session.close();
    await Promise.all(this.running);
  }

  /** A watch counts by the settings with which it began; of others it knows nothing. */
  private watchOf(service: MeshService): VersionWatch | undefined {
    const followed = this.followed.get(service.service);
    return followed && isWatchedAlike(followed.service, service) ? followed.watch : undefined;
  }

  private shelfOf({ kind, place }: Target): Shelf {
    if (kind !== 'Deployment') return this.cache.shelf(kind);
    const watches = [...this.followed.values()].map(({ watch }) => watch);
    const known = watches.find((watch) => watch instanceof DeploymentWatch && watch.counts(place));
    return known instanceof DeploymentWatch ? known.shelf : emptyShelf;
  }

  private watches(): readonly (Reflector | VersionWatch)[] {
    return [...this.reflectors, ...[...this.followed.values()].map(({ watch }) => watch)];
  }

  private mirrorOf(kind: IstioKind): Mirror {
    return {
      replace: (items, version) => {
        this.cache.replace(kind, items, version);
        this.status.synced(kind);
      },
      put: (item) => this.cache.put(kind, item),
      remove: (item) => this.cache.remove(kind, item),
      advance: (version) => this.cache.advance(kind, version),
      failed: (reason) => this.status.failed(kind, reason),
    };
  }

  private doubt(reason: string): void {
    for (const watch of this.watches()) watch.doubt(reason);
  }

  private keep(run: Promise<unknown>): void {
    this.running.add(run);
    void run.finally(() => this.running.delete(run));
  }

  private tellOf(claims: readonly Pick<Claim, 'namespace' | 'host'>[]): void {
    for (const { namespace, host } of claims) this.tell({ kind: 'service', namespace, host });
  }

  private tell(change: TellableChange): void {
    if (!this.closed) this.options.onChange({ cluster: this.cluster, ...change });
  }
}

type TellableChange =
  | { readonly kind: 'service'; readonly namespace: string; readonly host: string }
  | { readonly kind: 'state'; readonly state: LinkState };
