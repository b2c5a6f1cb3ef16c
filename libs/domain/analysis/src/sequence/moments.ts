/** What an arm's values come to. */
export interface ArmMoments {
  readonly n: number;
  readonly mean: number;
  /** Of the values, with n − 1 below; absent where one value says nothing of it. */
  readonly variance?: number;
}

/** An arm's values, or what they come to. Values that are no finite numbers are left out. */
export type ArmSample = ArmMoments | readonly number[];

export interface MeanLook {
  readonly candidate: ArmSample;
  readonly stable: ArmSample;
}

export interface MeanMeasurements {
  /** In the order of time. */
  readonly looks: readonly MeanLook[];
  /** Each look holds everything since the beginning. Otherwise: what came since the look before. */
  readonly cumulative?: boolean;
}

export interface Arms {
  readonly candidate: ArmMoments;
  readonly stable: ArmMoments;
}

const nothing: ArmMoments = { n: 0, mean: 0 };

/** What is known at each look. */
export function knownAt({ looks, cumulative = false }: MeanMeasurements): readonly Arms[] {
  let known: Arms = { candidate: nothing, stable: nothing };
  return looks.map((look) => {
    const seen = { candidate: momentsOf(look.candidate), stable: momentsOf(look.stable) };
    known = cumulative
      ? seen
      : {
          candidate: together(known.candidate, seen.candidate),
          stable: together(known.stable, seen.stable),
        };
    return known;
  });
}

export function momentsOf(sample: ArmSample): ArmMoments {
  if (!isValues(sample)) return sample.n > 0 ? sample : nothing;
  const values = sample.filter((value) => Number.isFinite(value));
  const n = values.length;
  if (n === 0) return nothing;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: squares / (n - 1) };
}

const isValues = (sample: ArmSample): sample is readonly number[] => Array.isArray(sample);

/** Pairwise update (Chan, Golub, LeVeque 1979): no digits are lost to a mean far from zero. */
function together(one: ArmMoments, other: ArmMoments): ArmMoments {
  if (one.n === 0) return other;
  if (other.n === 0) return one;
  const n = one.n + other.n;
  const apart = other.mean - one.mean;
  const squares =
    (one.variance ?? 0) * (one.n - 1) +
    (other.variance ?? 0) * (other.n - 1) +
    ((apart * apart * one.n) / n) * other.n;
  return { n, mean: one.mean + (apart * other.n) / n, variance: squares / (n - 1) };
}
