export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait before attempt `attempt + 1`: doubling, and between half and all of that, so that
 * those who failed together do not come back together. `chance` is from [0, 1).
 */
export function retryDelay(attempt: number, { firstMs, maxMs }: Backoff, chance: number): number {
  const whole = Math.min(firstMs * 2 ** Math.min(attempt - 1, 30), maxMs);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
