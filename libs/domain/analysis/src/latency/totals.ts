import type { LatencyLook } from './measurements.js';

/** Requests of both versions in all looks together, by latency. */
export const totals = (looks: readonly LatencyLook[]): LatencyLook => ({
  candidate: totalOf(looks.map(({ candidate }) => candidate)),
  stable: totalOf(looks.map(({ stable }) => stable)),
});

/** Count by count; what one has no count for is nothing. */
export function totalOf(all: readonly (readonly number[])[]): readonly number[] {
  const sums: number[] = [];
  for (const counts of all) counts.forEach((count, i) => (sums[i] = (sums[i] ?? 0) + count));
  return sums;
}
