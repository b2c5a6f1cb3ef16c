/** Points and weights: ∫ f ≈ Σ weightᵢ · f(pointᵢ). Points ascend. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const order = 10;

/** P_n(x) and its derivative, by the three-term recurrence. */
function legendre(n: number, x: number): readonly [value: number, slope: number] {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k += 1) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return [value, (n * (x * value - before)) / (x * x - 1)];
}

/** The k-th root of P_n, from the largest: Newton's method from the customary cosine. */
function root(n: number, k: number): number {
  let x = Math.cos((Math.PI * (k + 0.75)) / (n + 0.5));
  for (let i = 0; i < 8; i += 1) {
    const [value, slope] = legendre(n, x);
    x -= value / slope;
  }
  return x;
}

const onUnit = Array.from({ length: order }, (_, k) => {
  const x = -root(order, k);
  const [, slope] = legendre(order, x);
  return { x, weight: 2 / ((1 - x * x) * slope * slope) };
});

/** Gauss–Legendre on equal panels of [from, to], none wider than `panel`. */
export function panels(from: number, to: number, panel: number): Quadrature {
  const count = Math.max(1, Math.ceil((to - from) / panel));
  const half = (to - from) / count / 2;
  const points = new Float64Array(count * order);
  const weights = new Float64Array(count * order);
  for (let i = 0; i < count; i += 1) {
    const middle = from + (2 * i + 1) * half;
    onUnit.forEach(({ x, weight }, k) => {
      points[i * order + k] = middle + half * x;
      weights[i * order + k] = half * weight;
    });
  }
  return { points, weights };
}
