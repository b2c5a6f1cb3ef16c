import type { LatencyLook } from './measurements.js';

/** Requests of both versions in all looks together, by latency. */
export const totals = (looks: readonly LatencyLook[]): LatencyLook => ({
  candidate: total(looks.map(({ candidate }) => candidate)),
  stable: total(looks.map(({ stable }) => stable)),
});

function total(all: readonly (readonly number[])[]): readonly number[] {
  const sums: number[] = [];
  for (const counts of all) counts.forEach((count, i) => (sums[i] = (sums[i] ?? 0) + count));
  return sums;
}
