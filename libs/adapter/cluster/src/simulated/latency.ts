import { multinomial, type Random } from './random.js';

/** How long answers take, as a lognormal distribution through these two points. */
export interface Latency {
  readonly median: number;
  readonly p99: number;
}

/** Upper bounds of Istio's histogram in milliseconds (proxy, `histogram_buckets`); one more holds the rest. */
export const istioBuckets = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
  600_000, 1_800_000, 3_600_000,
] as const;

/** Requests per bucket of `istioBuckets` and beyond the last one. */
export type LatencyCounts = readonly number[];

export const noLatencies: LatencyCounts = Array.from({ length: istioBuckets.length + 1 }, () => 0);

export const drawLatencies = (random: Random, requests: number, latency: Latency): LatencyCounts =>
  multinomial(random, requests, bucketShares(latency));

export const addCounts = (a: LatencyCounts, b: LatencyCounts): LatencyCounts =>
  a.map((count, i) => count + (b[i] ?? 0));

/** The 99 % point of the standard normal distribution. */
const z99 = 2.326_347_874;

function bucketShares({ median, p99 }: Latency): readonly number[] {
  const spread = Math.max(Math.log(p99 / median) / z99, 1e-9);
  let below = 0;
  const shares = istioBuckets.map((bound) => {
    const upTo = normalCdf(Math.log(bound / median) / spread);
    const share = Math.max(0, upTo - below);
    below = Math.max(below, upTo);
    return share;
  });
  return [...shares, Math.max(0, 1 - below)];
}

/** Abramowitz and Stegun 26.2.17; off by less than 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
  const polynomial =
    t *
    (0.319_381_530 +
      t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x >= 0 ? 1 - tail : tail;
}

/**
 * What Prometheus' `histogram_quantile` makes of the counts: linear within a
 * bucket, and the last bound for what lies beyond it. NaN without requests.
 */
export function quantileOf(counts: LatencyCounts, quantile: number): number {
  const rank = quantile * counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  let lower = 0;
  for (const [i, upper] of istioBuckets.entries()) {
    const count = counts[i] ?? 0;
    if (count > 0 && below + count >= rank) {
      return lower + (upper - lower) * ((rank - below) / count);
    }
    below += count;
    lower = upper;
  }
  return counts.some((count) => count > 0) ? lower : Number.NaN;
}
