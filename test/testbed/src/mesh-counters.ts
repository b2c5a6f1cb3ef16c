import type { ProxyFailure, Share } from './mesh-split.js';
import type { MeshServiceName } from './workload.js';

/** How a version answers. */
export interface Behaviour {
  /** 0 to 1; these are answered 500. */
  readonly errorRate: number;
  readonly latencyMs: number;
}

/** Istio's own, in milliseconds. */
const bounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000,
  1_800_000, 3_600_000,
];
const healthy: Behaviour = { errorRate: 0, latencyMs: 20 };
const codes: Readonly<Record<ProxyFailure, number>> = { NR: 404, NC: 503, UH: 503 };

interface Series {
  readonly version: string;
  readonly code: number;
  readonly flags: string;
  count: number;
  sumMs: number;
  /** One for each of `bounds` and one for what is above; not cumulative. */
  readonly buckets: number[];
}

/**
 * The requests of one service that never happened, counted as if they had. What
 * is due is a matter of arithmetic, not of chance: at 100 requests a second and
 * 5 % errors, 20 seconds are 2,000 requests and 100 errors. Time comes in as an
 * argument, in milliseconds.
 */
export class MeshCounters {
  private split: readonly Share[] = [];
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly series = new Map<string, Series>();
  /** Fractions of requests and of errors that are due and not counted yet. */
  private readonly owed = new Map<string, number>();

  constructor(
    readonly service: MeshServiceName,
    private rps: number,
    private countedUntil: number,
  ) {}

  /** Counts everything up to `now`. Call it before anything changes. */
  advance(now: number): void {
    const due = ((now - this.countedUntil) / 1000) * this.rps;
    this.countedUntil = now;
    for (const share of this.split) {
      if ('failure' in share) {
        const n = this.take(share.failure, due * share.part);
        this.count({
          version: 'unknown',
          code: codes[share.failure],
          flags: share.failure,
          n,
          ms: 0,
        });
      } else {
        this.answer(share.version, this.take(`version ${share.version}`, due * share.part));
      }
    }
  }

  setSplit(split: readonly Share[]): void {
    this.split = split;
  }

  setRps(rps: number): void {
    this.rps = rps;
  }

  setBehaviour(version: string, change: Partial<Behaviour>): void {
    this.behaviours.set(version, { ...this.behaviourOf(version), ...change });
  }

  getSplit(): readonly Share[] {
    return this.split;
  }

  /** Of a version; `unknown` is what proxies answered by themselves. */
  requests(version: string): { readonly total: number; readonly errors: number } {
    const own = [...this.series.values()].filter((series) => series.version === version);
    const sum = (of: readonly Series[]): number => of.reduce((n, { count }) => n + count, 0);
    return { total: sum(own), errors: sum(own.filter(({ code }) => code >= 400)) };
  }

  /** As the client's proxies report it, and the servers' (which never see what did not reach them). */
  *reported(): Generator<{ labels: string; count: number; sumMs: number; buckets: Buckets }> {
    for (const series of this.series.values()) {
      const reporters = series.flags === '-' ? ['source', 'destination'] : ['source'];
      for (const reporter of reporters) {
        const { count, sumMs } = series;
        yield { labels: this.labels(reporter, series), count, sumMs, buckets: cumulative(series) };
      }
    }
  }

  private behaviourOf(version: string): Behaviour {
    return this.behaviours.get(version) ?? healthy;
  }

  private answer(version: string, n: number): void {
    const { errorRate, latencyMs: ms } = this.behaviourOf(version);
    const errors = this.take(`errors of ${version}`, n * errorRate);
    this.count({ version, code: 500, flags: '-', n: errors, ms });
    this.count({ version, code: 200, flags: '-', n: n - errors, ms });
  }

  /** The whole part of what is owed; the rest stays owed. The tiny addition absorbs binary fractions. */
  private take(key: string, more: number): number {
    const owed = (this.owed.get(key) ?? 0) + more;
    const whole = Math.floor(owed + 1e-6);
    this.owed.set(key, owed - whole);
    return whole;
  }

  /** A series begins with its first request, as in a proxy. */
  private count(of: { version: string; code: number; flags: string; n: number; ms: number }): void {
    if (of.n === 0) return;
    const { version, code, flags, n, ms } = of;
    const key = `${version} ${code} ${flags}`;
    const buckets = Array<number>(bounds.length + 1).fill(0);
    const series = this.series.get(key) ?? { version, code, flags, count: 0, sumMs: 0, buckets };
    this.series.set(key, series);
    const above = bounds.findIndex((bound) => ms <= bound);
    const bucket = above === -1 ? bounds.length : above;
    series.count += n;
    series.sumMs += n * ms;
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + n;
  }

  private labels(reporter: string, { version, code, flags }: Series): string {
    const { namespace, name } = this.service;
    const isKnown = flags === '-';
    const all: Readonly<Record<string, string | number>> = {
      reporter,
      destination_service: `${name}.${namespace}.svc.cluster.local`,
      destination_service_name: name,
      destination_service_namespace: namespace,
      destination_workload: isKnown ? `${name}-${version}` : 'unknown',
      destination_workload_namespace: isKnown ? namespace : 'unknown',
      destination_version: version,
      destination_canonical_revision: isKnown ? version : 'latest',
      request_protocol: 'http',
      response_code: code,
      grpc_response_status: '',
      response_flags: flags,
    };
    return Object.entries(all)
      .map(([label, value]) => `${label}="${value}"`)
      .join(',');
  }
}

/** `le` and how many were at most that. */
export type Buckets = readonly (readonly [le: string, count: number])[];

function cumulative({ buckets }: Series): Buckets {
  let sum = 0;
  return buckets.map((n, i) => [String(bounds[i] ?? '+Inf'), (sum += n)] as const);
}
