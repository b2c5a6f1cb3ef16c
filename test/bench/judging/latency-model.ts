import type { Random } from './random.js';

/** As Istio's proxies count them, in milliseconds; one more bucket holds the rest. */
export const istioBuckets: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
  600_000, 1_800_000, 3_600_000,
];

const median = 40;

/** Log-logistic: P(slower than x) = 1 / (1 + (x / median)^shape); its 99th percentile is 4 medians. */
const shape = Math.log(99) / Math.log(4);

/** Slowness by load, in steps of 5 %: few enough to know all their histograms. */
const levelsPerFactor = 1 / Math.log(1.05);

export const levelOf = (factor: number): number =>
  Math.min(60, Math.max(-60, Math.round(Math.log(factor) * levelsPerFactor)));

/** Equal up to the 90th percentile; from there on slower and slower, at the 99th by `tail`. */
const stretched = (share: number, tail: number): number =>
  median * (share / (1 - share)) ** (1 / shape) * tail ** Math.max(0, (share - 0.9) / 0.09);

function shareBelow(bound: number, tail: number): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 50; halving += 1) {
    const middle = (low + high) / 2;
    if (stretched(middle, tail) <= bound) low = middle;
    else high = middle;
  }
  return low;
}

interface Shares {
  /** Of requests that are within each bound. */
  readonly within: Float64Array;
  /** The bucket at which to begin to look for a share, by its first digits. */
  readonly guide: Uint8Array;
}

const guides = 256;

const known = new Map<string, Shares>();

function sharesOf(level: number, tail: number): Shares {
  const key = `${level} ${tail}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const factor = Math.exp(level / levelsPerFactor);
  const within = Float64Array.from(istioBuckets, (bound) => shareBelow(bound / factor, tail));
  const guide = Uint8Array.from({ length: guides }, (_, i) => {
    const bucket = within.findIndex((share) => share >= i / guides);
    return bucket === -1 ? within.length : bucket;
  });
  const shares = { within, guide };
  known.set(key, shares);
  return shares;
}

/** Requests by bucket. `tail`: by how many times the 99th percentile is slower; the median is not. */
export function drawLatencies(
  { uniform }: Random,
  requests: number,
  { level, tail }: { readonly level: number; readonly tail: number },
): readonly number[] {
  const { within, guide } = sharesOf(level, tail);
  const counts = Array.from({ length: within.length + 1 }, () => 0);
  for (let i = 0; i < requests; i += 1) {
    const share = uniform();
    let bucket = guide[Math.floor(share * guides)] ?? 0;
    while (bucket < within.length && share > (within[bucket] ?? 1)) bucket += 1;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return counts;
}
