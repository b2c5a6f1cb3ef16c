import type { Clock } from '@spillway/application';
import type { Telemetry, LiveObject, MeshService } from '@spillway/domain-istio';
import {
  after,
  duration,
  instant,
  InvariantBroken,
  type ClusterName,
  type Duration,
  type Instant,
  type Version,
} from '@spillway/kernel';
import {
  SimulatedApiServer,
  textOf,
  type HandWrittenObject,
  type ObjectKey,
} from './api-server.js';
import { ApiTransport } from './api-transport.js';
import type { TrafficCount, VersionBehaviour } from './burst.js';
import type { LatencyCounts } from './latency.js';
import { routingProgram } from './routing-program.js';
import { ServiceTraffic } from './service-traffic.js';
import { SimulatedEgress } from './egress/simulated-egress.js';
import { SimulatedDeployments } from './simulated-deployments.js';
import type { Timers } from './timers.js';

/** `down`: queries fail. `empty`: they find no series. `notANumber`: they give NaN. */
export type MetricsFault = 'down' | 'empty' | 'notANumber';

export interface SimulatedMeshOptions {
  readonly cluster: ClusterName;
  /** With the same cluster name, seed and story, the same requests. */
  readonly seed: number;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From a change in the API server to the links that watch it. */
  readonly watchDelay?: Duration;
  /** From an accepted write to proxies that obey it: 110 ms with a real istiod, mostly its debounce. */
  readonly distributionDelay?: Duration;
}

const newVersion: VersionBehaviour = {
  readyEndpoints: 0,
  errorRate: 0,
  latencyMs: { median: 10, p99: 50 },
};

/**
 * One cluster without a cluster: an API server, the proxies that obey it, the
 * requests of its services and what is measured of them. Links and metrics
 * sources made from it are views; this is where a test or a playground turns
 * the world.
 */
export class SimulatedMesh {
  readonly cluster: ClusterName;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly apiServer: SimulatedApiServer;
  readonly transport: ApiTransport;
  /** What proxies write down, by `namespace/name` of the object that says so. */
  readonly accessLogs = new Map<string, Telemetry>();
  /** Of services without a mesh, whose pods are their weights. */
  readonly deployments: SimulatedDeployments;
  /** Outbound policies and what left the mesh. */
  readonly egress: SimulatedEgress;
  #watchDelay: Duration;
  readonly #seed: string;
  readonly #distributionDelay: Duration;
  readonly #services = new Map<string, ServiceTraffic>();
  readonly #endpointListeners = new Set<(host: string) => void>();
  #metricsFault: MetricsFault | undefined;
  #areProxiesStuck = false;

  constructor(options: SimulatedMeshOptions) {
    this.cluster = options.cluster;
    this.clock = options.clock;
    this.timers = options.timers;
    this.#watchDelay = options.watchDelay ?? duration(5);
    this.#distributionDelay = options.distributionDelay ?? duration(110);
    this.#seed = `${options.cluster}/${options.seed}`;
    this.apiServer = new SimulatedApiServer(options.clock);
    this.transport = new ApiTransport(options);
    this.deployments = new SimulatedDeployments(
      options.clock,
      options.timers,
      (service, version, readyEndpoints) => this.setVersion(service, version, { readyEndpoints }),
    );
    this.egress = new SimulatedEgress(options.clock);
    this.apiServer.onChange(() => this.#distribute());
  }

  /** Callers of the service send this many requests a second from now on. */
  setRequestRate(service: MeshService, requestsPerSecond: number): void {
    const traffic = this.#traffic(service);
    traffic.setConditions(this.clock.now(), { ...traffic.conditions(), requestsPerSecond });
  }

  /** From now on this share of the service's requests is of those whom match routes are for. */
  setCohort(service: MeshService, cohort: number): void {
    const traffic = this.#traffic(service);
    traffic.setConditions(this.clock.now(), { ...traffic.conditions(), cohort });
  }

  /** Deploys a version, or changes how it behaves from now on. A new one has no endpoints unless it says so. */
  setVersion(service: MeshService, version: Version, change: Partial<VersionBehaviour>): void {
    const traffic = this.#traffic(service);
    const { versions, ...others } = traffic.conditions();
    const behaviour = { ...(versions.get(version) ?? newVersion), ...change };
    traffic.setConditions(this.clock.now(), {
      ...others,
      versions: new Map(versions).set(version, behaviour),
    });
    for (const listener of this.#endpointListeners) listener(service.host);
  }

  /** Requests of a service in (`from`, `to`], by the version that answered. Knows the last 30 minutes. */
  requests(service: MeshService, from: Instant, to: Instant): TrafficCount {
    return this.#traffic(service).count(from, this.#past(to));
  }

  /** The version's answers in (`from`, `to`] by Istio's latency buckets. */
  latencies(service: MeshService, version: Version, from: Instant, to: Instant): LatencyCounts {
    return this.#traffic(service).latencies(version, from, this.#past(to));
  }

  /** Ready endpoints now, as the API server knows them. */
  readyEndpoints(host: string): ReadonlyMap<Version, number> {
    const versions = this.#services.get(host)?.conditions().versions ?? new Map();
    return new Map([...versions].map(([version, { readyEndpoints }]) => [version, readyEndpoints]));
  }

  onEndpointsChange(listener: (host: string) => void): () => void {
    this.#endpointListeners.add(listener);
    return () => void this.#endpointListeners.delete(listener);
  }

  /** What the API server holds, in the order of creation; works while it is down. */
  objects(): readonly LiveObject[] {
    return this.apiServer.objects();
  }

  /** Creates or replaces an object as somebody who is not Spillway. */
  put(object: HandWrittenObject, manager = 'kubectl'): void {
    this.apiServer.put(object, manager);
  }

  /** Somebody changes the spec of an object that exists. */
  editByHand(key: ObjectKey, change: (spec: unknown) => unknown, manager = 'kubectl-edit'): void {
    const object = this.apiServer.find(key);
    if (object === undefined) throw new InvariantBroken(`there is no ${textOf(key)} to edit`);
    const { kind, metadata, spec } = object;
    this.apiServer.put({ kind, ...metadata, spec: change(spec) }, manager);
  }

  remove(key: ObjectKey): void {
    this.apiServer.remove(key);
  }

  /** The API server stops answering; proxies go on with what they have. */
  down(): void {
    this.transport.down();
  }

  up(): void {
    this.transport.up();
  }

  /** Calls take this long. Those for which the caller did not wait are carried out nevertheless. */
  slow(ms: number): void {
    this.transport.slow(ms);
  }

  /** Proxies keep the routing that they have, whatever the API server holds. */
  proxiesStuck(): void {
    this.#areProxiesStuck = true;
  }

  /** They obey it again. */
  proxiesObey(): void {
    this.#areProxiesStuck = false;
    this.#distribute();
  }

  /** The next write is refused, as by an admission webhook. */
  refuseNext(reason: string): void {
    this.apiServer.refuseNext(reason);
  }

  /** The next write is answered as if it were done, and is not. */
  lieNext(): void {
    this.apiServer.lieNext();
  }

  get watchDelay(): Duration {
    return this.#watchDelay;
  }

  /** What changes from now on is told to watches so much later. */
  lagWatches(by: Duration): void {
    this.#watchDelay = by;
  }

  /** The next call is carried out, and nobody hears of it. */
  loseNextAnswer(): void {
    this.transport.loseNextAnswer();
  }

  get metricsFault(): MetricsFault | undefined {
    return this.#metricsFault;
  }

  metricsDown(): void {
    this.#metricsFault = 'down';
  }

  metricsEmpty(): void {
    this.#metricsFault = 'empty';
  }

  metricsNaN(): void {
    this.#metricsFault = 'notANumber';
  }

  metricsUp(): void {
    this.#metricsFault = undefined;
  }

  #traffic(service: MeshService): ServiceTraffic {
    const known = this.#services.get(service.host);
    if (known !== undefined) return known;
    const traffic = new ServiceTraffic(service, this.#seed);
    this.#services.set(service.host, traffic);
    this.#program(traffic, this.clock.now());
    return traffic;
  }

  #distribute(): void {
    if (this.#areProxiesStuck) return;
    for (const traffic of this.#services.values()) {
      this.#program(traffic, after(this.clock.now(), this.#distributionDelay));
    }
  }

  #program(traffic: ServiceTraffic, from: Instant): void {
    const program = routingProgram(traffic.service, this.objects());
    if (program !== undefined) traffic.setProgram(from, program);
  }

  /** A burst that is still to come may change until then. */
  #past(moment: Instant): Instant {
    return instant(Math.min(moment, this.clock.now()));
  }
}
