import type { GaugeArm } from './evidence.js';
import type { Harm } from './harm.js';

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const rough = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });

/** Smaller numbers are all zeros. */
const smallest = 1e-4;

/** `1,204`, `0.05167`, `1.3e-7`. */
export const valueOf = (value: number): string =>
  value === 0 || Math.abs(value) >= smallest ? fine.format(value) : value.toExponential(1);

const probabilityOf = (p: number): string =>
  p === 0 || p >= smallest ? rough.format(p) : p.toExponential(1);

const percentOf = (share: number): string => `${rough.format(share * 100)} %`;

/** `candidate median 105 of 10 points, stable 1 of 10`. */
export function describeArms(candidate: GaugeArm, stable: GaugeArm): string {
  if (candidate.median === undefined || stable.median === undefined) {
    return `candidate has ${whole.format(candidate.n)} points, stable ${whole.format(stable.n)}`;
  }
  return (
    `candidate median ${valueOf(candidate.median)} of ${whole.format(candidate.n)} points, ` +
    `stable ${valueOf(stable.median)} of ${whole.format(stable.n)}`
  );
}

/** `higher in 85 % of pairs, p = 0.00081, stop at 0.01`. */
export const describeHarm = ({ direction, cles, p }: Harm, alpha: number): string =>
  `${direction === 'increase' ? 'higher' : 'lower'} in ${percentOf(cles)} of pairs, ` +
  `p = ${probabilityOf(p)}, stop at ${rough.format(alpha)}`;
