import { sharesOf } from './weights.js';

/** What e-BH says of each e-value, in the order in which they were given. */
export interface EBenjaminiHochberg {
  readonly rejected: readonly boolean[];
  /** ln of the e-value that was enough, before weights; that for one rejection where there is none. */
  readonly logThreshold: number;
}

/**
 * e-BH (Wang & Ramdas 2022): of what is rejected, a share of α at the most is rejected wrongly on
 * average, however the e-values depend on each other. Rejects the k largest, k as large as can be,
 * where the k-th is K/(αk) or more. Weights multiply e-values and are scaled to an average of one.
 */
export function eBenjaminiHochberg(
  logEs: readonly number[],
  alpha: number,
  weights?: readonly number[],
): EBenjaminiHochberg {
  const count = logEs.length;
  const shares = sharesOf(count, weights);
  const weighted = logEs.map((logE, i) => {
    const share = shares[i] ?? 0;
    return share === 0 ? -Infinity : logE + Math.log(share * count);
  });
  const descending = weighted.toSorted((a, b) => b - a);
  const thresholdFor = (k: number): number => Math.log(count / (alpha * k));
  const rejections = descending.findLastIndex((logE, i) => logE >= thresholdFor(i + 1)) + 1;
  const logThreshold = thresholdFor(Math.max(1, rejections));
  const rejected = weighted.map((logE) => logE >= logThreshold);
  return { rejected, logThreshold };
}
