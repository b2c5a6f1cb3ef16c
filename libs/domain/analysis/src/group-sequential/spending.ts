import { normalCdf, normalQuantile } from '../special-functions.js';

/**
 * How the error probability α is handed out over the information.
 *
 * - `obrienFleming`: next to nothing at first, so that early looks stop only for a disaster and the
 *   last is nearly as sharp as a test that looks once. 2 − 2Φ(z_{α/2} / √t).
 * - `pocock`: about as much at every look. α ln(1 + (e − 1) t).
 * - `power`: α t^ρ; ρ = 1 is even, ρ = 3 close to `obrienFleming`.
 */
export type SpendingFunction = 'obrienFleming' | 'pocock' | 'power';

/** A spending function with its only parameter; `rho` is read for `power` alone. */
export interface SpendingPlan {
  readonly spending: SpendingFunction;
  readonly rho: number;
}

/** α spent on one side up to the information fraction t; all of it from t = 1 on. */
export function spentUpTo(t: number, alpha: number, { spending, rho }: SpendingPlan): number {
  if (t <= 0) return 0;
  if (t >= 1) return alpha;
  switch (spending) {
    case 'obrienFleming':
      return 2 * normalCdf(normalQuantile(alpha / 2) / Math.sqrt(t));
    case 'pocock':
      return alpha * Math.log1p((Math.E - 1) * t);
    case 'power':
      return alpha * t ** rho;
  }
}
