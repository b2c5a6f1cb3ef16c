import type { Judgement } from '../judgement.js';
import type { Direction } from '../metric/metric-spec.js';
import { asymptoticHalfWidth, asymptoticRho } from './asymptotic.js';
import { differenceOf, hasSamples, type MeanDifference } from './difference.js';
import { concludeMeans } from './mean-sentence.js';
import { knownAt, type ArmMoments, type Arms, type MeanMeasurements } from './moments.js';
import { oneSidedNormal } from './normal-mixture.js';

export interface MeanSettings {
  /** How often, at the most, a harmless candidate may fail; over all looks together. */
  readonly alpha: number;
  /** Which change of the mean is harm. */
  readonly direction: Direction;
  /** A change for the worse by this much is no harm yet; in the values' unit. */
  readonly margin: number;
  /**
   * The effective sample size, n·m/(n + m), at which the sequence is tightest; any holds at all sizes.
   */
  readonly tOpt: number;
  /** Standard deviation of a value, where it is known. Absent: estimated from the values. */
  readonly sigma?: number;
  /** Values of each arm below which a look decides nothing. */
  readonly minSamples: number;
}

export const defaultMeanSettings: MeanSettings = {
  alpha: 0.01,
  direction: 'increase',
  margin: 0,
  tOpt: 100,
  minSamples: 30,
};

export interface MeanLookEvidence {
  readonly candidate: ArmMoments;
  readonly stable: ArmMoments;
  /** Candidate less stable. It and what follows is absent while an arm does not tell its variance. */
  readonly difference?: number;
  /** t = n·m/(n + m). */
  readonly effectiveSampleSize?: number;
  /** Standard deviation of a value: σ²/t is the variance of the difference. */
  readonly sigma?: number;
  /** ρ of the two-sided sequence. */
  readonly rho?: number;
  /** Of the two-sided sequence with 1 − α. */
  readonly halfWidth?: number;
  readonly lower?: number;
  readonly upper?: number;
  /** Of "no worse than the margin". */
  readonly logE?: number;
  readonly decides: boolean;
}

export interface MeanEvidence extends Omit<MeanLookEvidence, 'decides'> {
  /** `normalMixture`: σ was given. `asymptotic`: it was estimated. */
  readonly method: 'normalMixture' | 'asymptotic';
  readonly eValue?: number;
  readonly maxLogE: number;
  /** The least of 1/E over all looks, 1 at the most. */
  readonly pValue: number;
  readonly direction: Direction;
  readonly margin: number;
  readonly alpha: number;
  readonly threshold: number;
  readonly crossing?: { readonly look: number; readonly logE: number };
  readonly looks: readonly MeanLookEvidence[];
}

/**
 * Has the mean changed for the worse, by more than a margin? Decided by an e-process in one direction,
 * the normal mixture of upward shifts (arXiv 1810.08240); `either` averages those of both directions,
 * which for a margin of 0 is the two-sided mixture. The interval beside it is the two-sided confidence
 * sequence, for reading: at a one-sided α it may still hold 0 where harm is shown already.
 *
 * With a given σ it holds at any size for values whose tails are no heavier than normal ones. With an
 * estimated σ it is the asymptotic confidence sequence (arXiv 2103.06476). Values must not depend on
 * each other: neighbouring points of a smooth gauge do, and break α.
 */
export function judgeMeans(
  measurements: MeanMeasurements,
  settings: MeanSettings,
): Judgement<MeanEvidence> {
  const looks = knownAt(measurements).map((arms) => lookAt(arms, settings));
  const evidence = gather(looks, settings);
  const { lower, upper } = evidence;
  const interval = lower === undefined || upper === undefined ? {} : { interval: { lower, upper } };
  return { ...concludeMeans({ ...evidence, ...interval, ...settings }), evidence };
}

function lookAt(arms: Arms, settings: MeanSettings): MeanLookEvidence {
  const decides = hasSamples(arms, settings.minSamples);
  const found = differenceOf(arms);
  const sigma = settings.sigma ?? estimatedSigma(found);
  if (found === undefined || sigma === undefined) return { ...arms, decides };
  const { difference, effectiveSampleSize: t } = found;
  const rho = asymptoticRho(settings.tOpt, settings.alpha);
  const halfWidth = asymptoticHalfWidth({ t, sigma, rho, alpha: settings.alpha });
  return {
    ...arms,
    difference,
    effectiveSampleSize: t,
    sigma,
    rho,
    halfWidth,
    lower: difference - halfWidth,
    upper: difference + halfWidth,
    logE: logEOf(found, sigma, settings),
    decides,
  };
}

/** The one standard deviation with which a difference of so many values would have its variance. */
const estimatedSigma = (found: MeanDifference | undefined): number | undefined =>
  found?.spread && Math.sqrt(found.spread.variance * found.effectiveSampleSize);

/** In standard deviations: intrinsic time is t, the sum t·(difference beyond the margin)/σ. */
function logEOf(
  { difference, effectiveSampleSize: t }: MeanDifference,
  sigma: number,
  { direction, margin, tOpt, alpha }: MeanSettings,
): number {
  const level = direction === 'either' ? alpha : Math.min(2 * alpha, 0.5);
  const mixture = oneSidedNormal(asymptoticRho(tOpt, level) ** -2);
  const up = mixture.logE(((difference - margin) / sigma) * t, t);
  const down = mixture.logE(((-difference - margin) / sigma) * t, t);
  if (direction !== 'either') return direction === 'increase' ? up : down;
  return Math.max(up, down) + Math.log((1 + Math.exp(-Math.abs(up - down))) / 2);
}

const nobody: MeanLookEvidence = {
  candidate: { n: 0, mean: 0 },
  stable: { n: 0, mean: 0 },
  decides: false,
};

function gather(
  looks: readonly MeanLookEvidence[],
  { alpha, direction, margin, sigma }: MeanSettings,
): MeanEvidence {
  const { decides: _, ...last } = looks.at(-1) ?? nobody;
  const at = looks.findIndex(({ decides, logE = 0 }) => decides && logE >= -Math.log(alpha));
  const crossed = looks[at]?.logE;
  const eValue = last.logE === undefined ? Infinity : Math.exp(last.logE);
  const maxLogE = looks.reduce((most, { logE = 0 }) => Math.max(most, logE), 0);
  return {
    ...last,
    method: sigma === undefined ? 'asymptotic' : 'normalMixture',
    ...(Number.isFinite(eValue) ? { eValue } : {}),
    maxLogE,
    pValue: Math.exp(-maxLogE),
    direction,
    margin,
    alpha,
    threshold: 1 / alpha,
    ...(crossed === undefined ? {} : { crossing: { look: at + 1, logE: crossed } }),
    looks,
  };
}
