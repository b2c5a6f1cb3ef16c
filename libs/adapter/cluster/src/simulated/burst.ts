import type { Version } from '@spillway/kernel';
import type { Latency } from './latency.js';
import { binomial, multinomial, poisson, type Random } from './random.js';
import type { ProgrammedDestination, RoutingProgram } from './routing-program.js';

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
  readonly lost: Readonly<Record<LossFlag, number>>;
}

export const noTraffic: TrafficCount = { versions: new Map(), lost: { NC: 0, UH: 0, NR: 0 } };

export function addTraffic(a: TrafficCount, b: TrafficCount): TrafficCount {
  const versions = new Map(a.versions);
  for (const [version, { requests, errors }] of b.versions) {
    const sum = versions.get(version) ?? { requests: 0, errors: 0 };
    versions.set(version, { requests: sum.requests + requests, errors: sum.errors + errors });
  }
  const lost = {
    NC: a.lost.NC + b.lost.NC,
    UH: a.lost.UH + b.lost.UH,
    NR: a.lost.NR + b.lost.NR,
  };
  return { versions, lost };
}

/** Draws what comes in during `seconds` and what becomes of it. */
export function drawBurst(
  random: Random,
  seconds: number,
  { requestsPerSecond, versions }: ServiceConditions,
  program: RoutingProgram,
  versionLabel: string,
): TrafficCount {
  const requests = poisson(random, requestsPerSecond * seconds);
  if (program.length === 0) return lose('NR', requests);
  const shares = multinomial(
    random,
    requests,
    program.map(({ weight }) => weight),
  );
  return program
    .map((destination, i) =>
      serve(random, shares[i] ?? 0, versions, podsOf(destination, versions, versionLabel)),
    )
    .reduce(addTraffic, noTraffic);
}

const lose = (flag: LossFlag, requests: number): TrafficCount => ({
  ...noTraffic,
  lost: { ...noTraffic.lost, [flag]: requests },
});

/** Ready pods by version that a destination reaches; `undefined` when its subset does not exist. */
function podsOf(
  { labels }: ProgrammedDestination,
  versions: ReadonlyMap<Version, VersionBehaviour>,
  versionLabel: string,
): readonly (readonly [Version, number])[] | undefined {
  if (labels === undefined) return undefined;
  return [...versions]
    .filter(([version]) =>
      Object.entries(labels).every(([key, value]) => key === versionLabel && value === version),
    )
    .map(([version, { readyEndpoints }]) => [version, readyEndpoints] as const)
    .filter(([, pods]) => pods > 0);
}

function serve(
  random: Random,
  requests: number,
  versions: ReadonlyMap<Version, VersionBehaviour>,
  pods: readonly (readonly [Version, number])[] | undefined,
): TrafficCount {
  if (pods === undefined) return lose('NC', requests);
  if (pods.length === 0) return lose('UH', requests);
  const shares = multinomial(
    random,
    requests,
    pods.map(([, ready]) => ready),
  );
  const counts = pods.map(([version], i) => {
    const served = shares[i] ?? 0;
    const errors = binomial(random, served, versions.get(version)?.errorRate ?? 0);
    return [version, { requests: served, errors }] as const;
  });
  return { ...noTraffic, versions: new Map(counts) };
}
