/** Upper bounds in seconds. Each is where somebody would say something else about it, and no more: a bound is a series. */
export const buckets = {
  /** A step is to be less than a second late. */
  lateness: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  /** A way back is to be a quarter of a second long, and of a cluster that is away it takes minutes. */
  traffic: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  work: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  call: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  query: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
} as const satisfies Readonly<Record<string, readonly number[]>>;
