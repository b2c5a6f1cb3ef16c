/** Other limits for the metric of that name; an absent one stays. */
export interface MetricBounds {
  readonly metric: string;
  readonly min?: number;
  readonly max?: number;
}
