import { hostOf, type MeshService } from '@spillway/domain-istio';
import type { Version } from '@spillway/kernel';
import type { Latency } from './latency.js';
import { binomial, multinomial, poisson, type Random } from './random.js';
import { ownHostKey } from './routes-for.js';
import type { ProgrammedDestination, ProgrammedRoute, RoutingProgram } from './routing-program.js';

/** How a version of a service behaves. */
export interface VersionBehaviour {
  readonly readyEndpoints: number;
  /** Share of its answers that are 5xx, from 0 to 1. */
  readonly errorRate: number;
  /** In milliseconds; 0 < median ≤ p99. */
  readonly latencyMs: Latency;
}

/** Everything outside the mesh that bears on a service's requests. */
export interface ServiceConditions {
  readonly requestsPerSecond: number;
  /** Share of the requests that match routes are for, from 0 to 1. */
  readonly cohort: number;
  readonly versions: ReadonlyMap<Version, VersionBehaviour>;
}

export interface VersionCount {
  readonly requests: number;
  readonly errors: number;
}

/**
 * Requests that no version got, as proxies tell them apart: `NC` 503, the route
 * names a subset that does not exist; `UH` 503, no ready pod; `NR` 404, no route.
 */
export type LossFlag = 'NC' | 'UH' | 'NR';

export interface TrafficCount {
  readonly versions: ReadonlyMap<Version, VersionCount>;
  /** Copies that a version answered, and nobody saw. */
  readonly mirrored: ReadonlyMap<Version, VersionCount>;
  readonly lost: Readonly<Record<LossFlag, number>>;
}

const noRequests: VersionCount = { requests: 0, errors: 0 };

export const noTraffic: TrafficCount = {
  versions: new Map(),
  mirrored: new Map(),
  lost: { NC: 0, UH: 0, NR: 0 },
};

export function addTraffic(a: TrafficCount, b: TrafficCount): TrafficCount {
  const versions = addVersions(a.versions, b.versions);
  const mirrored = addVersions(a.mirrored, b.mirrored);
  const lost = {
    NC: a.lost.NC + b.lost.NC,
    UH: a.lost.UH + b.lost.UH,
    NR: a.lost.NR + b.lost.NR,
  };
  return { versions, mirrored, lost };
}

/** What a version's own proxy counts: it cannot tell a copy from a request. */
export function answered({ versions, mirrored }: TrafficCount, version: Version): VersionCount {
  const [own, copies] = [versions.get(version), mirrored.get(version)];
  return {
    requests: (own?.requests ?? 0) + (copies?.requests ?? 0),
    errors: (own?.errors ?? 0) + (copies?.errors ?? 0),
  };
}

function addVersions(a: TrafficCount['versions'], b: TrafficCount['versions']) {
  const counts = new Map(a);
  for (const [version, { requests, errors }] of b) {
    const sum = counts.get(version) ?? noRequests;
    counts.set(version, { requests: sum.requests + requests, errors: sum.errors + errors });
  }
  return counts;
}

/** Draws what comes in during `seconds` and what becomes of it. */
export function drawBurst(
  random: Random,
  seconds: number,
  conditions: ServiceConditions,
  { everybody, cohort }: RoutingProgram,
  service: MeshService,
): TrafficCount {
  const requests = poisson(random, conditions.requestsPerSecond * seconds);
  const matched = cohort === undefined ? 0 : binomial(random, requests, conditions.cohort);
  const backends = { service, versions: conditions.versions };
  const rest = answer(random, requests - matched, everybody, backends);
  return matched === 0 ? rest : addTraffic(answer(random, matched, cohort, backends), rest);
}

interface Backends {
  readonly service: MeshService;
  readonly versions: ServiceConditions['versions'];
}

/** What becomes of the requests of one route. */
function answer(
  random: Random,
  requests: number,
  route: ProgrammedRoute | undefined,
  backends: Backends,
): TrafficCount {
  if (route === undefined || route.split.length === 0) return lose('NR', requests);
  const { split, mirrors } = route;
  const weights = split.map(({ weight }) => weight);
  const shares = multinomial(random, requests, weights);
  const served = split
    .map(({ to }, i) => serve(random, shares[i] ?? 0, podsOf(to, backends), backends))
    .reduce(addTraffic, noTraffic);
  return mirrors
    .map(({ to, share }) => {
      const copies = binomial(random, requests, share);
      return copy(random, copies, podsOf(to, backends), backends);
    })
    .reduce(addTraffic, served);
}

const lose = (flag: LossFlag, requests: number): TrafficCount => ({
  ...noTraffic,
  lost: { ...noTraffic.lost, [flag]: requests },
});

/** Ready pods by version. */
type Pods = readonly (readonly [Version, number])[];

/** Those that a destination reaches; `undefined` when its subset does not exist. */
function podsOf(to: ProgrammedDestination, { service, versions }: Backends): Pods | undefined {
  const { labels } = to;
  if (labels === undefined) return undefined;
  return [...versions]
    .filter(([version]) => isOn(service, to.host, version))
    .filter(([version]) =>
      Object.entries(labels).every(
        ([key, value]) => key === service.versionLabel && value === version,
      ),
    )
    .map(([version, { readyEndpoints }]) => [version, readyEndpoints] as const)
    .filter(([, pods]) => pods > 0);
}

/** Whether pods of the version stand behind the host: all do behind the service's own. */
function isOn(service: MeshService, host: string, version: Version): boolean {
  if (service.versionHost === undefined || host === ownHostKey(service, service.host)) return true;
  return host === ownHostKey(service, hostOf(service, version));
}

function serve(
  random: Random,
  requests: number,
  pods: Pods | undefined,
  { versions }: Backends,
): TrafficCount {
  if (pods === undefined) return lose('NC', requests);
  if (pods.length === 0) return lose('UH', requests);
  return { ...noTraffic, versions: answersOf(random, requests, pods, versions) };
}

/** Copies that nobody can answer are lost without anybody noticing. */
const copy = (
  random: Random,
  copies: number,
  pods: Pods | undefined,
  { versions }: Backends,
): TrafficCount => ({ ...noTraffic, mirrored: answersOf(random, copies, pods ?? [], versions) });

function answersOf(
  random: Random,
  requests: number,
  pods: Pods,
  versions: Backends['versions'],
): TrafficCount['versions'] {
  const weights = pods.map(([, ready]) => ready);
  const shares = multinomial(random, requests, weights);
  const counts = pods.map(([version], i) => {
    const served = shares[i] ?? 0;
    const errors = binomial(random, served, versions.get(version)?.errorRate ?? 0);
    return [version, { requests: served, errors }] as const;
  });
  return new Map(counts);
}
