/** JSON has no NaN: `null` stands for it. Infinity is no number here either. */
export type GaugeValue = number | null;

/** Values of one gauge in the order of time, of both versions over the same seconds. */
export interface GaugeSamples {
  readonly candidate: readonly GaugeValue[];
  readonly stable: readonly GaugeValue[];
}

export const isPresent = (value: GaugeValue): value is number =>
  typeof value === 'number' && Number.isFinite(value);

/** For whom an infinite value is a number too, though none that can be compared. */
export const numberOf = (value: GaugeValue): number => (typeof value === 'number' ? value : NaN);
