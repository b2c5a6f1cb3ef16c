import type { GaugeValue } from '../rank/samples.js';
import type { KayentaClass } from './evidence.js';
import type { KayentaSettings } from './settings.js';

interface ScoredMetric {
  readonly name: string;
  /** A metric counts in each of its groups; in none, it does not count. */
  readonly groups: readonly string[];
}

/** A metric that was classified before. */
export interface ClassifiedMetric extends ScoredMetric {
  readonly class: KayentaClass;
  /** Its classification takes the score to 0 unless it is `Pass`. */
  readonly critical?: boolean;
  readonly muted?: boolean;
}

/** A metric still to be judged. Settings that are left out are `defaultKayentaSettings`. */
export interface MeasuredMetric extends ScoredMetric {
  readonly candidate: readonly GaugeValue[];
  readonly stable: readonly GaugeValue[];
  readonly settings?: Partial<KayentaSettings>;
}

export interface KayentaScoreMeasurements {
  readonly metrics: readonly (ClassifiedMetric | MeasuredMetric)[];
}

export interface KayentaScoreSettings {
  /** Percent. Groups without a weight share what is left of 100. */
  readonly groupWeights: Readonly<Record<string, number>>;
  /** Scores from which a release passes, or is at least not called failed. */
  readonly pass: number;
  readonly marginal: number;
}

export const defaultKayentaScoreSettings: KayentaScoreSettings = {
  groupWeights: {},
  pass: 95,
  marginal: 75,
};
