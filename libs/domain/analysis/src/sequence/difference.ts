import type { Arms } from './moments.js';

/** The candidate's mean less the stable version's, and how well it is known. */
export interface MeanDifference {
  readonly difference: number;
  /** n·m/(n + m): about the smaller arm where the other is far larger. */
  readonly effectiveSampleSize: number;
  /** Absent while an arm has not enough values to tell how they spread. */
  readonly spread?: {
    /** Of the difference: s²/n of both arms together. */
    readonly variance: number;
    /** Of a value, both arms together. */
    readonly pooled: number;
  };
}

/** `undefined` while an arm has no values. */
export function differenceOf({ candidate, stable }: Arms): MeanDifference | undefined {
  if (candidate.n === 0 || stable.n === 0) return undefined;
  const all = candidate.n + stable.n;
  const found = {
    difference: candidate.mean - stable.mean,
    effectiveSampleSize: (candidate.n / all) * stable.n,
  };
  if (candidate.variance === undefined || stable.variance === undefined) return found;
  const variance = candidate.variance / candidate.n + stable.variance / stable.n;
  const pooled = (candidate.variance * candidate.n + stable.variance * stable.n) / all;
  return variance > 0 ? { ...found, spread: { variance, pooled } } : found;
}

export const hasSamples = ({ candidate, stable }: Arms, minSamples: number): boolean =>
  Math.min(candidate.n, stable.n) >= minSamples;
