import type { Judgement } from '../judgement.js';
import type { Direction } from '../metric/metric-spec.js';
import { differenceOf, hasSamples, type MeanDifference } from './difference.js';
import { concludeMeans } from './mean-sentence.js';
import { knownAt, type ArmMoments, type Arms, type MeanMeasurements } from './moments.js';
import { msprtHalfWidth, msprtLogLambda } from './msprt.js';

export interface MsprtSettings {
  /** How often, at the most, an equal candidate may fail; over all looks together. */
  readonly alpha: number;
  /** Which change of the mean is harm. */
  readonly direction: Direction;
  /** Variance of the shift that is looked for, in the square of the values' unit. Comes before `effectSize`. */
  readonly tauSquared?: number;
  /** The shift that is looked for, in standard deviations of a value: right in any unit. */
  readonly effectSize: number;
  /** Values of each arm below which a look decides nothing: variances of few values are not known. */
  readonly minSamples: number;
}

export const defaultMsprtSettings: MsprtSettings = {
  alpha: 0.01,
  direction: 'increase',
  effectSize: 0.2,
  minSamples: 30,
};

export interface MsprtLook {
  readonly candidate: ArmMoments;
  readonly stable: ArmMoments;
  /** δ, candidate less stable. It and what follows is absent while an arm does not tell its variance. */
  readonly difference?: number;
  /** V, of the difference. */
  readonly variance?: number;
  readonly tauSquared?: number;
  /** ln Λ. */
  readonly logLambda?: number;
  /** The least of 1/Λ up to here, 1 at the most. */
  readonly pValue: number;
  /** Of the interval with 1 − α that holds at all looks together. */
  readonly halfWidth?: number;
  readonly lower?: number;
  readonly upper?: number;
  /** Both arms have `minSamples`. */
  readonly decides: boolean;
}

export interface MsprtEvidence extends Omit<MsprtLook, 'decides'> {
  readonly logE?: number;
  /** Λ; absent where it is too large for a number. */
  readonly eValue?: number;
  readonly maxLogE: number;
  readonly direction: Direction;
  readonly alpha: number;
  /** 1/α: where Λ reaches it, equality is rejected. */
  readonly threshold: number;
  /** The first look at which harm was shown. It stays. */
  readonly crossing?: { readonly look: number; readonly logE: number };
  readonly looks: readonly MsprtLook[];
}

/**
 * Has the mean changed for the worse? The mixture sequential probability ratio test; see `msprt.ts`.
 * Variances are estimated, so α holds as closely as means of `minSamples` values are normal. Values
 * must not depend on each other: neighbouring points of a smooth gauge do, and break α.
 *
 * Λ is two-sided. Where only one direction is harm, the chance of failing an equal candidate is about
 * half of α.
 */
export function judgeMsprt(
  measurements: MeanMeasurements,
  settings: MsprtSettings,
): Judgement<MsprtEvidence> {
  const evidence = gather(follow(knownAt(measurements), settings), settings);
  const { lower, upper } = evidence;
  const interval = lower === undefined || upper === undefined ? {} : { interval: { lower, upper } };
  return { ...concludeMeans({ ...evidence, ...interval, ...settings }), evidence };
}

function follow(known: readonly Arms[], settings: MsprtSettings): readonly MsprtLook[] {
  let pValue = 1;
  return known.map((arms) => {
    const test = testOf(differenceOf(arms), settings);
    if (test) pValue = Math.min(pValue, Math.exp(-test.logLambda));
    return { ...arms, ...test, pValue, decides: hasSamples(arms, settings.minSamples) };
  });
}

type MsprtTest = Required<
  Pick<MsprtLook, 'logLambda' | 'difference' | 'variance' | 'tauSquared' | 'halfWidth'>
>;

function testOf(
  found: MeanDifference | undefined,
  { effectSize, alpha, tauSquared: given }: MsprtSettings,
): (MsprtTest & { readonly lower: number; readonly upper: number }) | undefined {
  if (found?.spread === undefined) return undefined;
  const { difference, spread } = found;
  const { variance } = spread;
  const tauSquared = given ?? effectSize * effectSize * spread.pooled;
  const halfWidth = msprtHalfWidth({ variance, tauSquared, alpha });
  return {
    difference,
    variance,
    tauSquared,
    halfWidth,
    logLambda: msprtLogLambda({ difference, variance, tauSquared }),
    lower: difference - halfWidth,
    upper: difference + halfWidth,
  };
}

const nobody: Arms = { candidate: { n: 0, mean: 0 }, stable: { n: 0, mean: 0 } };

function gather(looks: readonly MsprtLook[], { alpha, direction }: MsprtSettings): MsprtEvidence {
  const { decides: _, ...last } = looks.at(-1) ?? { ...nobody, pValue: 1, decides: false };
  const at = looks.findIndex((look) => isHarm(look, { alpha, direction }));
  const crossed = looks[at]?.logLambda;
  const logE = last.logLambda;
  const eValue = logE === undefined ? Infinity : Math.exp(logE);
  return {
    ...last,
    ...(logE === undefined ? {} : { logE }),
    ...(Number.isFinite(eValue) ? { eValue } : {}),
    maxLogE: looks.reduce((most, { logLambda = 0 }) => Math.max(most, logLambda), 0),
    direction,
    alpha,
    threshold: 1 / alpha,
    ...(crossed === undefined ? {} : { crossing: { look: at + 1, logE: crossed } }),
    looks,
  };
}

function isHarm(
  { decides, logLambda, difference = 0 }: MsprtLook,
  { alpha, direction }: Pick<MsprtSettings, 'alpha' | 'direction'>,
): boolean {
  if (!decides || logLambda === undefined || logLambda < -Math.log(alpha)) return false;
  return direction === 'either' || difference > 0 === (direction === 'increase');
}
