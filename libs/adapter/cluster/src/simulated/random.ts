/** Draws a number from 0 (included) to 1 (not included). */
export type Random = () => number;

/** mulberry32 by Tommy Ettinger (public domain): small, fast, good enough to play traffic. */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a with the finishing steps of MurmurHash3, so that neighbouring texts give unlike seeds. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Larger means are drawn in parts of this size: `exp(-mean)` and `q ** n` stay far from 0. */
const part = 30;

/** Inversion, in parts; a sum of Poisson draws is one. */
export function poisson(random: Random, mean: number): number {
  let total = 0;
  for (let left = mean; left > 0; left -= part) {
    const share = Math.min(left, part);
    total += invert(random, Math.exp(-share), (k) => share / k, share + 100);
  }
  return total;
}

/** Inversion, in parts; a sum of binomial draws with the same `p` is one. */
export function binomial(random: Random, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  const size = Math.floor(part / p);
  const odds = p / (1 - p);
  let total = 0;
  for (let left = n; left > 0; left -= size) {
    const m = Math.min(left, size);
    total += invert(random, (1 - p) ** m, (k) => (odds * (m - k + 1)) / k, m);
  }
  return total;
}

/** Walks up the probabilities of 0, 1, 2 … until they add up to a uniform draw. */
function invert(
  random: Random,
  ofNone: number,
  factor: (k: number) => number,
  most: number,
): number {
  let left = random();
  let probability = ofNone;
  let k = 0;
  while (left > probability && k < most) {
    left -= probability;
    k += 1;
    probability *= factor(k);
  }
  return k;
}

/** Shares `n` out by weights; the last positive weight takes what is left, so nothing is lost. */
export function multinomial(random: Random, n: number, weights: readonly number[]): number[] {
  const last = weights.findLastIndex((weight) => weight > 0);
  let weightLeft = weights.reduce((sum, weight) => sum + weight, 0);
  let left = n;
  return weights.map((weight, i) => {
    if (i > last) return 0;
    const drawn = i === last ? left : binomial(random, left, weight / weightLeft);
    weightLeft -= weight;
    left -= drawn;
    return drawn;
  });
}
