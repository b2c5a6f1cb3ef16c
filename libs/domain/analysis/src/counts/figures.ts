const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const rough = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 });
/** Rounded down: nobody may read that evidence is enough while it is not. */
const atLeast = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 2,
  roundingMode: 'floor',
});

/** `18,204`. Counts of a `rate` are not whole; people are shown whole ones. */
export const countOf = (value: number): string => whole.format(value);

/** `9.8`, `3,200`, `0.0012`. */
export const roughly = (value: number): string => rough.format(value);

/** Above it a number is not read any more, but its power is. */
const longest = 1e9;

/** An e-value from its logarithm: `3,200`, `10^41`. */
export function eValueOf(logE: number): string {
  return logE < Math.log(longest)
    ? atLeast.format(Math.exp(logE))
    : `10^${countOf(Math.floor(logE / Math.LN10))}`;
}
