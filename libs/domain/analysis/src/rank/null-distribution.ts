import { betaCdf, normalCdf } from '../special-functions.js';

/**
 * What the statistic U (0 to mn) does when versions do not differ. Symmetric around mn/2, so the
 * upper tail of u is the lower tail of mn − u.
 */
export interface NullDistribution {
  readonly pairs: number;
  /** P(U ≤ u). */
  readonly atMost: (u: number) => number;
}

export interface PValues {
  /** That the candidate is as high as this, or higher, by chance. */
  readonly greater: number;
  readonly less: number;
  readonly twoSided: number;
}

export function pValuesOf({ atMost, pairs }: NullDistribution, u: number): PValues {
  const [less, greater] = [atMost(u), atMost(pairs - u)];
  return { greater, less, twoSided: Math.min(1, 2 * Math.min(greater, less)) };
}

/** Where all values are equal each order gives the same U: whatever it is, it was certain. */
const certain = (): number => 1;

/** With the continuity correction of R's `wilcox.test`. */
export const normalNull = (pairs: number, sigma: number): NullDistribution => ({
  pairs,
  atMost: sigma === 0 ? certain : (u) => normalCdf((u + 0.5 - pairs / 2) / sigma),
});

/** P(T ≤ t) of Student's t with ν degrees of freedom. */
function studentCdf(t: number, degrees: number): number {
  const tail = betaCdf(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** As `normalNull`, where sigma itself is a guess from few independent values. */
export const studentNull = (pairs: number, sigma: number, degrees: number): NullDistribution => ({
  pairs,
  atMost: sigma === 0 ? certain : (u) => studentCdf((u + 0.5 - pairs / 2) / sigma, degrees),
});
