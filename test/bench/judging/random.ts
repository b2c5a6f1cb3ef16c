/** A stream of draws that is the same in each run. */
export interface Random {
  /** Between 0 and 1, neither of them. */
  readonly uniform: () => number;
  /** Mean 0, deviation 1. */
  readonly normal: () => number;
  /** How many of `n` come out, each with probability `p`. */
  readonly binomial: (n: number, p: number) => number;
}

/**
 * sfc32 (Doty-Humphrey; PractRand finds no fault in it). Each release has a stream of its own, so its
 * figures do not depend on which worker draws them, nor on how many releases there are.
 */
export function randomOf(seed: number, stream: number): Random {
  let [a, b, c, counter] = [seed | 0, stream | 0, 0x9e3779b9 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 20; warm += 1) next();
  const uniform = (): number => (next() + 0.5) / 2 ** 32;
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, binomial: (n, p) => binomial(uniform, n, p) };
}

/** Where p is small it jumps from one that comes out to the next, else it asks each. */
function binomial(uniform: () => number, n: number, p: number): number {
  if (p <= 0 || n <= 0) return 0;
  let count = 0;
  if (p > 0.2) {
    for (let i = 0; i < n; i += 1) if (uniform() < p) count += 1;
    return count;
  }
  const scale = Math.log1p(-p);
  for (let at = 0; ; count += 1) {
    at += Math.floor(Math.log(uniform()) / scale) + 1;
    if (at > n) return count;
  }
}

/** A stationary series around 0 with deviation 1, in which neighbours are correlated by `rho`. */
export function autoregressive({ normal }: Random, rho: number): () => number {
  const innovation = Math.sqrt(1 - rho * rho);
  let value = normal();
  return () => {
    const now = value;
    value = rho * value + innovation * normal();
    return now;
  };
}
