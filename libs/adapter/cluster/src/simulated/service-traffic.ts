import { isDeepStrictEqual } from 'node:util';
import type { MeshService } from '@spillway/domain-istio';
import { instant, type Instant, type Version } from '@spillway/kernel';
import {
  addTraffic,
  answered,
  drawBurst,
  noTraffic,
  type ServiceConditions,
  type TrafficCount,
  type VersionBehaviour,
} from './burst.js';
import { addCounts, drawLatencies, noLatencies, type LatencyCounts } from './latency.js';
import { mulberry32, seedOf } from './random.js';
import type { RoutingProgram } from './routing-program.js';
import { Timeline } from './timeline.js';

/** Requests come in bursts, at every full 100 ms. */
const burstMs = 100;
/** How far back traffic is remembered. */
const horizonMs = 30 * 60_000;
const memoLimit = 2 * (horizonMs / burstMs);

const untouched: ServiceConditions = { requestsPerSecond: 0, cohort: 0, versions: new Map() };

/**
 * A service's requests, exact for any window of the last 30 minutes.
 *
 * Nothing runs while nobody looks: a burst is drawn when it is first asked for,
 * from its own seed and from what was in force at its moment. So a window is the
 * sum of its parts, and looking more often changes nothing. A burst meets what
 * was set before its moment, never what was set at that moment or later.
 */
export class ServiceTraffic {
  readonly #conditions = new Timeline<ServiceConditions>();
  readonly #programs = new Timeline<RoutingProgram>();
  readonly #bursts = new Map<number, TrafficCount>();

  constructor(
    readonly service: MeshService,
    private readonly seed: string,
  ) {}

  conditions(): ServiceConditions {
    return this.#conditions.latest() ?? untouched;
  }

  setConditions(from: Instant, conditions: ServiceConditions): void {
    this.#conditions.set(from, conditions);
    this.#conditions.forgetBefore(instant(from - horizonMs));
  }

  /** Proxies obey `program` after `from`. */
  setProgram(from: Instant, program: RoutingProgram): void {
    if (isDeepStrictEqual(program, this.#programs.latest())) return;
    this.#programs.set(from, program);
    this.#programs.forgetBefore(instant(from - horizonMs));
  }

  /** Requests in (`from`, `to`]. */
  count(from: Instant, to: Instant): TrafficCount {
    return burstsIn(from, to).reduce((sum, n) => addTraffic(sum, this.#burst(n)), noTraffic);
  }

  /** Latencies of a version's answers in (`from`, `to`]. */
  latencies(version: Version, from: Instant, to: Instant): LatencyCounts {
    return burstsIn(from, to).reduce((sum, n) => {
      const { requests } = answered(this.#burst(n), version);
      const behaviour = this.#behaviour(version, n);
      if (requests === 0 || behaviour === undefined) return sum;
      const random = this.#random(`${n}/latency/${version}`);
      return addCounts(sum, drawLatencies(random, requests, behaviour.latencyMs));
    }, noLatencies);
  }

  #behaviour(version: Version, n: number): VersionBehaviour | undefined {
    return this.#conditions.at(instant(n * burstMs))?.versions.get(version);
  }

  #burst(n: number): TrafficCount {
    const known = this.#bursts.get(n);
    if (known !== undefined) return known;
    const moment = instant(n * burstMs);
    const conditions = this.#conditions.at(moment);
    const program = this.#programs.at(moment);
    if (conditions === undefined || program === undefined) return noTraffic;
    const random = this.#random(`${n}`);
    const drawn = drawBurst(random, burstMs / 1_000, conditions, program, this.service);
    this.#remember(n, drawn);
    return drawn;
  }

  #remember(n: number, drawn: TrafficCount): void {
    this.#bursts.set(n, drawn);
    if (this.#bursts.size <= memoLimit) return;
    const oldest = n - horizonMs / burstMs;
    for (const key of this.#bursts.keys()) if (key < oldest) this.#bursts.delete(key);
  }

  #random(what: string): () => number {
    return mulberry32(seedOf(`${this.seed}/${this.service.host}/${what}`));
  }
}

function burstsIn(from: Instant, to: Instant): readonly number[] {
  const first = Math.floor(Math.max(from, to - horizonMs) / burstMs) + 1;
  const last = Math.floor(to / burstMs);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
}
