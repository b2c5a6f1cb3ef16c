/** What was counted since the look before: increments, never running totals. */
export interface SplitLook {
  /** Requests of each version, in the order of the shares. */
  readonly counts: readonly number[];
}

export interface SplitMeasurements {
  /** In the order of time, from after the split went live: no look has requests of the one before. */
  readonly looks: readonly SplitLook[];
  /** For people. */
  readonly cluster?: string;
  /** Names of the versions, for people. */
  readonly arms?: readonly string[];
}

export interface SplitSettings {
  /** As programmed: shares or weights, of any sum. */
  readonly shares: readonly number[];
  /** How often, at the most, a split that is in force may be said not to be; over all looks together. */
  readonly alpha: number;
  /** Of the Dirichlet prior, one for each share. All 1 where it is left out. */
  readonly concentration?: readonly number[];
  /** Requests of all versions below which a split is not said to fit. */
  readonly minRequests: number;
  /**
   * The share of all requests that versions with a share of 0 may get together. Taken literally, one
   * request that was under way when the weights changed would be infinite evidence.
   */
  readonly tolerance: number;
}

export const defaultSplitSettings: Omit<SplitSettings, 'shares'> = {
  alpha: 0.001,
  minRequests: 100,
  tolerance: 0.001,
};
