import type {
  AccessLogSetting,
  ApplyOutcome,
  ClusterLink,
  ClusterLinkOptions,
  LinkState,
  ProbeFinding,
  RereadOutcome,
} from '@spillway/application';
import {
  claimOf,
  ownershipOf,
  placesOf,
  type IstioObject,
  type LiveObject,
  type LiveRouting,
  type MeshService,
  type Write,
} from '@spillway/domain-istio';
import { after, duration, type ClusterName, type Version } from '@spillway/kernel';
import { concerned } from '../bearing.js';
import type { ObjectChange, ObjectKey, SimulatedApiServer } from './api-server.js';
import type { SimulatedMesh } from './simulated-mesh.js';
import { WatchedObjects } from './watched-objects.js';

const callTimeout = duration(5_000);

type Endpoints = ReadonlyMap<Version, number>;

interface Followed {
  readonly service: MeshService;
  /** Absent before the first answer. */
  readonly endpoints?: Endpoints;
}

/** A view of a simulated cluster that lags behind it as a watch does. */
export class SimulatedLink implements ClusterLink {
  readonly cluster: ClusterName;
  readonly #objects = new WatchedObjects();
  readonly #followed = new Map<string, Followed>();
  readonly #stopWatching: readonly (() => void)[];
  #state: LinkState;
  #hasListed = false;
  #isClosed = false;

  constructor(
    private readonly mesh: SimulatedMesh,
    private readonly options: ClusterLinkOptions,
  ) {
    this.cluster = options.cluster;
    this.#state = { kind: 'connecting', since: mesh.clock.now() };
    this.#stopWatching = [
      mesh.apiServer.onChange((change) => this.#later(() => this.#deliver(change))),
      mesh.onEndpointsChange((host) => this.#later(() => this.#lookAtEndpoints(host))),
      mesh.transport.onChange(() => this.#later(() => this.#reconnect())),
    ];
    this.#later(() => this.#reconnect());
  }

  state(): LinkState {
    return this.#state;
  }

  routing(service: MeshService): LiveRouting | undefined {
    if (!this.#hasListed) return undefined;
    return ownershipOf(service).kind === 'replicas'
      ? { deployments: this.mesh.deployments.of(service), foreign: [] }
      : this.#objects.routing(service);
  }

  async reread(service: MeshService): Promise<RereadOutcome> {
    if (this.#isClosed) return { kind: 'unreachable', reason: 'the link is closed' };
    if (placesOf(service).length === 0) return { kind: 'reread' };
    const { apiServer, transport } = this.mesh;
    const keys = placesOf(service).map(({ kind, place }) => ({ kind, ...place }));
    const read = () => keys.map((key) => [key, apiServer.find(key)] as const);
    const answer = await transport.call(read, callTimeout);
    if (answer.kind === 'lost') return { kind: 'unreachable', reason: answer.reason };
    for (const [key, found] of this.#isClosed ? [] : answer.value) this.#takeFound(key, found);
    return { kind: 'reread' };
  }

  follow(service: MeshService): void {
    const known = this.#followed.get(service.service);
    if (known !== undefined && known.service.host === service.host) {
      return void this.#followed.set(service.service, { ...known, service });
    }
    this.#followed.set(service.service, { service });
    this.#later(() => this.#lookAtEndpoints(service.host));
  }

  unfollow({ service }: MeshService): void {
    this.#followed.delete(service);
  }

  readyEndpoints({ service, host }: MeshService, version: Version): number | undefined {
    if (this.#state.kind === 'unreachable') return undefined;
    const followed = this.#followed.get(service);
    if (followed?.endpoints === undefined || followed.service.host !== host) return undefined;
    return followed.endpoints.get(version) ?? 0;
  }

  apply(
    object: IstioObject,
    expected: { readonly resourceVersion?: string },
  ): Promise<ApplyOutcome> {
    const { kind, metadata } = object;
    return this.#write({ kind, ...metadata }, (server) => server.apply(object, expected));
  }

  patch(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    const { kind, place } = write;
    if (kind === 'Deployment') return this.#scale(write);
    return this.#write({ kind, ...place }, (server) => server.patch(write));
  }

  remove(write: Extract<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    return this.#write({ kind: write.kind, ...write.place }, (server) => server.delete(write));
  }

  async setAccessLog({ place, telemetry }: AccessLogSetting): Promise<ApplyOutcome> {
    if (this.#isClosed) return { kind: 'unreachable', reason: 'the link is closed' };
    const { accessLogs, transport } = this.mesh;
    const key = `${place.namespace}/${place.name}`;
    const answer = await transport.call(() => {
      if (telemetry === undefined) accessLogs.delete(key);
      else accessLogs.set(key, telemetry);
    }, callTimeout);
    return answer.kind === 'lost'
      ? { kind: 'unreachable', reason: answer.reason }
      : { kind: 'applied' };
  }

  async dryRun(write: Exclude<Write, { do: 'remove' }>): Promise<ApplyOutcome> {
    if (this.#isClosed) return { kind: 'unreachable', reason: 'the link is closed' };
    const { apiServer, transport } = this.mesh;
    const answer = await transport.call(() => apiServer.dryRun(write), callTimeout);
    return answer.kind === 'lost' ? { kind: 'unreachable', reason: answer.reason } : answer.value;
  }

  async probe(): Promise<readonly ProbeFinding[]> {
    if (this.#isClosed) return [{ kind: 'unreachable', detail: 'the link is closed' }];
    const answer = await this.mesh.transport.call(() => undefined, callTimeout);
    return answer.kind === 'lost'
      ? [{ kind: 'unreachable', detail: answer.reason }]
      : [{ kind: 'ok', kubernetesVersion: 'v1.34.0', istioVersion: '1.29.0' }];
  }

  close(): Promise<void> {
    this.#isClosed = true;
    for (const stop of this.#stopWatching) stop();
    return Promise.resolve();
  }

  async #scale(write: Extract<Write, { do: 'patch' }>): Promise<ApplyOutcome> {
    if (this.#isClosed) return { kind: 'unreachable', reason: 'the link is closed' };
    const { deployments, transport } = this.mesh;
    const answer = await transport.call(() => deployments.scale(write), callTimeout);
    return answer.kind === 'lost' ? { kind: 'unreachable', reason: answer.reason } : answer.value;
  }

  /** Whatever came of it, what the server then holds is known at once. */
  async #write(
    { kind, namespace, name }: ObjectKey,
    carryOut: (server: SimulatedApiServer) => ApplyOutcome,
  ): Promise<ApplyOutcome> {
    if (this.#isClosed) return { kind: 'unreachable', reason: 'the link is closed' };
    const { apiServer, transport } = this.mesh;
    const key = { kind, namespace, name };
    const answer = await transport.call(() => {
      const outcome = carryOut(apiServer);
      return { outcome, found: apiServer.find(key) };
    }, callTimeout);
    if (answer.kind === 'lost') return { kind: 'unreachable', reason: answer.reason };
    const { outcome, found } = answer.value;
    if (outcome.kind !== 'refused' && !this.#isClosed) this.#takeFound(key, found);
    return outcome;
  }

  #takeFound(key: ObjectKey, found: LiveObject | undefined): void {
    for (const change of this.#objects.changesOf(key, found)) this.#take(change);
  }

  /** Runs it when the watch would have told of it. */
  #later(run: () => void): void {
    const { clock, timers, watchDelay } = this.mesh;
    timers.schedule(after(clock.now(), watchDelay), () => {
      if (!this.#isClosed) run();
    });
  }

  /** Lists everything, or finds that nobody answers. What it knew before stays until it knows better. */
  #reconnect(): void {
    const since = this.mesh.clock.now();
    if (!this.mesh.transport.isUp) {
      if (this.#state.kind === 'unreachable') return;
      return this.#become({ kind: 'unreachable', since, reason: 'connection refused' });
    }
    for (const change of this.#objects.changesTo(this.mesh.objects())) this.#take(change);
    this.#hasListed = true;
    if (this.#state.kind !== 'ready') this.#become({ kind: 'ready', since });
    for (const service of this.#services()) this.#lookAtEndpoints(service.host);
  }

  #become(state: LinkState): void {
    this.#state = state;
    this.options.onChange({ cluster: this.cluster, kind: 'state', state });
  }

  #deliver(change: ObjectChange): void {
    if (this.#state.kind === 'ready' && this.mesh.transport.isUp) this.#take(change);
  }

  #take(change: ObjectChange): void {
    if (!this.#objects.take(change, this.mesh.clock.now())) return;
    const objects = [change.before, change.after].filter((object) => object !== undefined);
    for (const { namespace, host } of concerned(objects, this.#services())) {
      this.#tellOfService(namespace, host);
    }
  }

  #services(): readonly MeshService[] {
    return [...this.#followed.values()].map(({ service }) => service);
  }

  #lookAtEndpoints(host: string): void {
    if (!this.mesh.transport.isUp || this.#state.kind !== 'ready') return;
    const endpoints = this.mesh.readyEndpoints(host);
    for (const followed of this.#followed.values()) {
      const { service, endpoints: known } = followed;
      if (service.host !== host) continue;
      this.#followed.set(service.service, { service, endpoints });
      if (known !== undefined && sameEndpoints(known, endpoints)) continue;
      this.#tellOfService(claimOf(service).namespace, host);
    }
  }

  #tellOfService(namespace: string, host: string): void {
    this.options.onChange({ cluster: this.cluster, kind: 'service', namespace, host });
  }
}

const sameEndpoints = (a: Endpoints, b: Endpoints): boolean =>
  a.size === b.size && [...a].every(([version, ready]) => b.get(version) === ready);
