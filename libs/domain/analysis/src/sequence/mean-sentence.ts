import { countOf, eValueOf, roughly } from '../counts/figures.js';
import type { Judgement } from '../judgement.js';
import type { Arms } from './moments.js';

const figure = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });

const arm = ({ n, mean }: Arms['candidate']): string =>
  n === 0 ? 'has no values' : `mean ${figure.format(mean)} of ${countOf(n)}`;

/** What every judge of means concludes from. */
export interface MeanFindings extends Arms {
  readonly minSamples: number;
  readonly alpha: number;
  /** Absent where no e-value can be made: an arm does not tell how its values spread. */
  readonly logE?: number;
  /** The first look at which harm was shown, from 1. It stays. */
  readonly crossing?: { readonly look: number; readonly logE: number };
  /** What the difference is between, at the last look. */
  readonly interval?: { readonly lower: number; readonly upper: number };
}

type Conclusion = Pick<Judgement<unknown>, 'kind' | 'because'>;

/** `candidate mean 212.4 of 310, stable mean 180.1 of 2,790: difference between 11 and 53, e = 320, stop at 100: …`. */
export function concludeMeans(findings: MeanFindings): Conclusion {
  const { candidate, stable, interval, logE, crossing, alpha, minSamples } = findings;
  const arms = `candidate ${arm(candidate)}, stable ${arm(stable)}`;
  if (candidate.n === 0 || stable.n === 0) return { kind: 'noData', because: arms };
  const e = crossing?.logE ?? logE;
  if (e === undefined) {
    return { kind: 'inconclusive', because: `${arms}: values do not tell how they spread` };
  }
  const range = interval
    ? `: difference between ${figure.format(interval.lower)} and ${figure.format(interval.upper)}`
    : '';
  const figures = `${arms}${range}, e = ${eValueOf(e)}, stop at ${roughly(1 / alpha)}`;
  if (crossing) {
    return { kind: 'fail', because: `${figures}: evidence of harm since look ${crossing.look}` };
  }
  if (Math.min(candidate.n, stable.n) < minSamples) {
    return { kind: 'inconclusive', because: `${figures}: ${minSamples} values each are needed` };
  }
  return { kind: 'pass', because: `${figures}: no evidence of harm` };
}
