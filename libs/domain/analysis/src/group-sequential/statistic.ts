import type { ArmCounts } from '../counts/index.js';
import type { Compared, MeanSample, SequentialLook } from './measurements.js';

/** Candidate less stable, by its standard error. */
export interface Statistic {
  readonly z: number;
  readonly estimate?: number;
  readonly standardError?: number;
}

type Sample = MeanSample | ArmCounts;

export const sizeOf = (sample: Sample): number =>
  'requests' in sample ? sample.requests : sample.n;

export const centreOf = (sample: Sample): number =>
  'requests' in sample ? sample.errors / sample.requests : sample.mean;

/** Variance of a difference of means; of rates under "no difference", with the rate of both. */
function varianceOf(candidate: Sample, stable: Sample): number {
  const [n, m] = [sizeOf(candidate), sizeOf(stable)];
  if ('requests' in candidate && 'requests' in stable) {
    const rate = (candidate.errors + stable.errors) / (n + m);
    return rate * (1 - rate) * (1 / n + 1 / m);
  }
  if ('requests' in candidate || 'requests' in stable) return NaN;
  return candidate.variance / n + stable.variance / m;
}

export const hasValues = (look: Compared): boolean =>
  'z' in look ? Number.isFinite(look.z) : sizeOf(look.candidate) > 0 && sizeOf(look.stable) > 0;

/** Without a variance there is no test, except that nothing differs: that is z = 0. */
export function statisticOf(look: Compared): Statistic | undefined {
  if (!hasValues(look)) return undefined;
  if ('z' in look) return { z: look.z };
  const { candidate, stable } = look;
  const estimate = centreOf(candidate) - centreOf(stable);
  const standardError = Math.sqrt(varianceOf(candidate, stable));
  if (standardError === 0 && estimate === 0) return { z: 0, estimate, standardError };
  const z = estimate / standardError;
  return Number.isFinite(z) ? { z, estimate, standardError } : undefined;
}

/** Values of both versions. */
export const totalOf = (look: SequentialLook): number | undefined =>
  'z' in look ? undefined : sizeOf(look.candidate) + sizeOf(look.stable);
