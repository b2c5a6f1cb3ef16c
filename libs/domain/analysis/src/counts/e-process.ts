/** How strong the evidence is after the looks so far; Ville: E ever reaches 1/α with chance α at most. */
export interface EProcess {
  /** At the last look, natural logarithm. */
  readonly logE: number;
  /** Absent where it is too large for a number. */
  readonly eValue?: number;
  /** The most at any look; 0 where it never rose. */
  readonly maxLogE: number;
  /** Always valid: the least of 1/E over all looks, 1 at the most. */
  readonly pValue: number;
  readonly alpha: number;
  /** 1/α: where E reaches it, the hypothesis is rejected. */
  readonly threshold: number;
}

/** A look at which E was at the threshold or above. */
export interface Crossing {
  /** Counted from 1. */
  readonly look: number;
  readonly logE: number;
}

export function eProcess(looks: readonly { readonly logE: number }[], alpha: number): EProcess {
  const logE = looks.at(-1)?.logE ?? 0;
  const maxLogE = looks.reduce((most, look) => Math.max(most, look.logE), 0);
  const eValue = Math.exp(logE);
  return {
    logE,
    ...(Number.isFinite(eValue) ? { eValue } : {}),
    maxLogE,
    pValue: Math.exp(-maxLogE),
    alpha,
    threshold: 1 / alpha,
  };
}

/** The first look that crossed and of which the rest holds. */
export function firstCrossing<Look extends { readonly logE: number }>(
  looks: readonly Look[],
  alpha: number,
  isMeant: (look: Look) => boolean = () => true,
): Crossing | undefined {
  const index = looks.findIndex((look) => look.logE >= -Math.log(alpha) && isMeant(look));
  const found = looks[index];
  return found && { look: index + 1, logE: found.logE };
}
