import { versionOf, type Workload } from './workload.js';

/** What was answered. Errors are statuses of 500 and more. */
export interface Answered {
  readonly total: number;
  readonly errors: number;
  readonly byMethod: Readonly<Record<string, number>>;
}

export interface Answer {
  readonly method: string;
  readonly code: number;
  /** Of gRPC, whose code is always 200. */
  readonly grpcStatus: string;
  readonly ms: number;
}

/** Istio's own, in milliseconds. */
export const durationBounds = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000,
  1_800_000, 3_600_000,
] as const;

export interface AnswerSeries {
  readonly workload: Workload;
  readonly method: string;
  readonly code: number;
  readonly grpcStatus: string;
  count: number;
  sumMs: number;
  /** One for each bound and one for what is above; not cumulative. */
  readonly buckets: number[];
}

/** What servers saw, as their own sidecars would count it. */
export class AnswerCounts {
  private readonly series = new Map<string, AnswerSeries>();

  add(workload: Workload, { method, code, grpcStatus, ms }: Answer): void {
    const key = [workload.id, versionOf(workload), method, code, grpcStatus].join(' ');
    const series = this.series.get(key) ?? {
      workload,
      method,
      code,
      grpcStatus,
      count: 0,
      sumMs: 0,
      buckets: Array<number>(durationBounds.length + 1).fill(0),
    };
    this.series.set(key, series);
    const bound = durationBounds.findIndex((most) => ms <= most);
    const bucket = bound === -1 ? durationBounds.length : bound;
    series.count += 1;
    series.sumMs += ms;
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
  }

  all(): Iterable<AnswerSeries> {
    return this.series.values();
  }

  of(isWanted: (workload: Workload) => boolean): Answered {
    const byMethod: Record<string, number> = {};
    let total = 0;
    let errors = 0;
    for (const { workload, method, code, count } of this.series.values()) {
      if (!isWanted(workload)) continue;
      total += count;
      if (code >= 500) errors += count;
      byMethod[method] = (byMethod[method] ?? 0) + count;
    }
    return { total, errors, byMethod };
  }
}
