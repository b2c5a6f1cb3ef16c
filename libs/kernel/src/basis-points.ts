import { InvariantBroken } from './coded-error.js';

/** A share of traffic in hundredths of a percent: 0 … 10,000. 1 is 0.01 %. */
export type BasisPoints = number & { readonly __unit: 'basisPoints' };

export const isBasisPoints = (n: number): n is BasisPoints =>
  Number.isInteger(n) && n >= 0 && n <= 10_000;

/** Throws `InvariantBroken` outside 0 … 10,000; parse user input with `parsePercent`. */
export function basisPoints(n: number): BasisPoints {
  if (!isBasisPoints(n)) throw new InvariantBroken(`basis points must be 0..10000, got ${n}`);
  return n;
}

export const NOTHING = basisPoints(0);
export const EVERYTHING = basisPoints(10_000);

/** Percent as a person writes it, with at most two decimals; `undefined` when it is not one. */
export function parsePercent(percent: number): BasisPoints | undefined {
  // Adding 0 makes 0 of -0: the two are equal, but not to everybody who compares.
  const n = Math.round(percent * 100) + 0;
  return Math.abs(n - percent * 100) < 1e-6 && isBasisPoints(n) ? n : undefined;
}

/** `2500` → `25 %`, `1` → `0.01 %`. */
export const formatPercent = (weight: BasisPoints): string => `${weight / 100} %`;
