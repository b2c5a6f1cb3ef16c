import type { LatencyLook } from './measurements.js';

/** Requests of both versions in all looks together, by latency. */
export const totals = (looks: readonly LatencyLook[]): LatencyLook => ({
  candidate: totalOf(looks.map(({ candidate }) => candidate)),
  stable: totalOf(looks.map(({ stable }) => stable)),
});

/** Count by count; what one has no count for is nothing. A plain loop: each look adds up all before it. */
export function totalOf(all: readonly (readonly number[])[]): readonly number[] {
  const sums: number[] = [];
  for (const counts of all) {
    for (let i = 0; i < counts.length; i += 1) sums[i] = (sums[i] ?? 0) + (counts[i] ?? 0);
  }
  return sums;
}
