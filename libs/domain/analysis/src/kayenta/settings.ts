import type { Direction } from '../metric/metric-spec.js';
import type { EffectMeasure } from './effect-size.js';
import type { OutlierSettings } from './outliers.js';

/** How large a change must be. Each limit is no change if left out: 1 for `meanRatio`, 0.5 for `cles`. */
export interface EffectSizeSettings {
  /** `meanRatio` if left out. */
  readonly measure?: EffectMeasure;
  readonly allowedIncrease?: number;
  readonly allowedDecrease?: number;
  readonly criticalIncrease?: number;
  readonly criticalDecrease?: number;
}

/** Kayenta's `analysisConfigurations.canary`, and the two numbers that its judge fixes. */
export interface KayentaSettings {
  /** Share of the Hodges–Lehmann estimate that the interval must stay away from 0. */
  readonly tolerance: number;
  readonly confLevel: number;
  readonly direction: Direction;
  /** `replace` makes 0 of what is not a number, and lets a metric without any samples pass. */
  readonly nanStrategy: 'remove' | 'replace';
  readonly outliers: OutlierSettings;
  readonly critical: boolean;
  readonly mustHaveData: boolean;
  /** Judged and shown, but not scored. */
  readonly muted: boolean;
  readonly effectSize: EffectSizeSettings;
}

export const defaultKayentaSettings: KayentaSettings = {
  tolerance: 0.25,
  confLevel: 0.98,
  direction: 'either',
  nanStrategy: 'remove',
  outliers: { strategy: 'keep' },
  critical: false,
  mustHaveData: false,
  muted: false,
  effectSize: {},
};
