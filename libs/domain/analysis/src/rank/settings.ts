import type { Direction } from '../metric/metric-spec.js';

export interface MannWhitneySettings {
  /** Of the two-sided interval. Each direction that is harm is tested at α = (1 − confidence) / 2. */
  readonly confidence: number;
  /** Which change is harm. */
  readonly direction: Direction;
  /**
   * Effect floor: harm must be at least this likely to show in a pair of one candidate and one
   * stable value (ties count half). Many points make any difference significant; 0.55 leaves those
   * alone that only one pair in ten sees. With 0.5 significance alone decides.
   */
  readonly minCles: number;
  /** Effect floor: the larger mean by the smaller one. Says nothing where that is not above 0. */
  readonly minRatio: number;
  /** Effect floor: the Hodges–Lehmann shift, in the unit of the values. */
  readonly minShift: number;
  /**
   * Points of each version below which nothing is concluded, however small p: a few points are one
   * moment of a service. With `thin`, points that are worth as much as independent ones.
   */
  readonly minSamples: number;
  /**
   * What a missing value means: nothing (`remove`), that nothing happened (`zero`: sparse errors
   * vanish among zeros, so ask for it), or that nothing may be concluded.
   */
  readonly nanStrategy: 'remove' | 'zero' | 'inconclusive';
  /**
   * `thin`: points that follow each other are alike, as in most series of a metrics backend. None is
   * thrown away; all together count for no more than the independent points they are worth.
   */
  readonly independence: 'asIs' | 'thin';
}

export const defaultMannWhitneySettings: MannWhitneySettings = {
  confidence: 0.98,
  direction: 'either',
  minCles: 0.55,
  minRatio: 1,
  minShift: 0,
  minSamples: 8,
  nanStrategy: 'remove',
  independence: 'asIs',
};
