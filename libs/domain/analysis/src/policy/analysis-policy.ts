/** What the comparisons of a release may spend together, and how they are put together. */
export interface AnalysisPolicy {
  /** How likely a version that is no worse than stable may be rolled back by comparisons, in one release. */
  readonly alpha: number;
  /**
   * How metrics share α: each by its weight, or all by Holm's procedure or by e-BH. The first to
   * fail rolls back, so for two metrics and more these differ in what else is called failed.
   */
  readonly metrics: 'weight' | 'holm' | 'eBH';
  /**
   * How e-values of clusters are put together. The average holds however clusters depend on each
   * other; the product finds harm sooner, and holds only where no request is counted in two clusters
   * and no cause outside of the candidate moves both.
   */
  readonly clusters: 'average' | 'product';
}

export const defaultAnalysisPolicy: AnalysisPolicy = {
  alpha: 0.01,
  metrics: 'weight',
  clusters: 'average',
};
