/** One line of the page: what was measured, what it came to, and what was promised. */
export interface Figure {
  readonly measure: string;
  readonly value: string;
  readonly goal: string;
  /** `undefined`: reported, and nothing was promised. */
  readonly isMet?: boolean;
  /** What stands behind the value, or limits it. */
  readonly note?: string;
}

/** How much of a row is run: the whole, or just enough to see that it still works. */
export interface Extent {
  readonly isShort: boolean;
  readonly workers: number;
  /** How many releases to climb through, where the row climbs; else as many as it has of its own. */
  readonly ramp?: readonly number[];
  /** Where profiles of the workers are left, if anywhere. */
  readonly profiles?: string;
}

export interface Row {
  readonly name: string;
  readonly title: string;
  run(extent: Extent, say: (text: string) => void): Promise<readonly Figure[]>;
}

/** The value below which a share of all lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const ms = (value: number): string =>
  `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
