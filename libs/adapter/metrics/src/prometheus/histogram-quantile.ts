/** How many observations were at most `upperBound`. */
export interface Bucket {
  readonly upperBound: number;
  readonly cumulativeCount: number;
}

/**
 * The estimate that Prometheus' `histogram_quantile` makes of a classic
 * histogram of lengths of time, for 0 < quantile < 1: linear within the bucket
 * that holds the rank, the highest finite bound when that is the last one. NaN
 * when there is nothing to estimate from: no observations, or no bucket for +Inf.
 */
export function histogramQuantile(quantile: number, buckets: readonly Bucket[]): number {
  const sorted = inOrder(buckets);
  const total = totalOf(sorted);
  const rank = quantile * total;
  const at = sorted.findIndex(({ cumulativeCount }) => cumulativeCount >= rank);
  const bucket = sorted[at];
  const before = sorted[at - 1];
  if (bucket === undefined || !(total > 0)) return Number.NaN;
  if (bucket.upperBound === Infinity) return before?.upperBound ?? Number.NaN;
  const lower = before ?? { upperBound: 0, cumulativeCount: 0 };
  const inside = bucket.cumulativeCount - lower.cumulativeCount;
  const share = (rank - lower.cumulativeCount) / inside;
  return lower.upperBound + (bucket.upperBound - lower.upperBound) * share;
}

/** All observations, which the bucket for +Inf counts. NaN without that bucket. */
export function totalOf(buckets: readonly Bucket[]): number {
  const last = buckets.find(({ upperBound }) => upperBound === Infinity);
  return last?.cumulativeCount ?? Number.NaN;
}

/**
 * By bound. A higher bucket may hold a little less than a lower one where a backend puts scrapes of
 * two replicas together, bucket by bucket: it holds as much then.
 */
export function inOrder(buckets: readonly Bucket[]): readonly Bucket[] {
  let most = 0;
  return buckets
    .toSorted((a, b) => a.upperBound - b.upperBound)
    .map(({ upperBound, cumulativeCount }) => {
      most = Math.max(most, cumulativeCount);
      return { upperBound, cumulativeCount: most };
    });
}
