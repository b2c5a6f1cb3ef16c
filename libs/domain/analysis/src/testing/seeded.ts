/** A stream of numbers that look random and are the same in each run. */
export interface Seeded {
  /** 0 to 1. */
  readonly uniform: () => number;
  /** Mean 0, deviation 1. */
  readonly normal: () => number;
}

/** Marsaglia's xorshift of 32 bits: good enough to draw test data, and for nothing else. */
export function seeded(seed: number): Seeded {
  let state = seed;
  const uniform = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

/** A stationary series in which neighbours are correlated by `rho`. */
export function autoregressive(n: number, rho: number, { normal }: Seeded): number[] {
  let value = normal();
  return Array.from({ length: n }, () => {
    const now = value;
    value = rho * value + Math.sqrt(1 - rho * rho) * normal();
    return now;
  });
}
