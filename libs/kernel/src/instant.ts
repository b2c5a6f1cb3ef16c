import { InvariantBroken } from './coded-error.js';

/** A moment, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __unit: 'instant' };
/** A length of time in milliseconds, never negative. */
export type Duration = number & { readonly __unit: 'duration' };

export function instant(ms: number): Instant {
  if (!Number.isFinite(ms)) throw new InvariantBroken(`not a moment: ${ms}`);
  return ms as Instant;
}

export function duration(ms: number): Duration {
  if (!Number.isFinite(ms) || ms < 0) throw new InvariantBroken(`not a duration: ${ms}`);
  return ms as Duration;
}

export const after = (from: Instant, ...lengths: readonly number[]): Instant =>
  instant(lengths.reduce((sum, length) => sum + length, from));

/** `now`, or just after `before`: a transaction that waited for another may have begun earlier. */
export const laterThan = (before: Instant | undefined, now: Instant): Instant =>
  instant(Math.max(now, (before ?? -Infinity) + 1));

/** The earliest of some moments; those that never come are `undefined`. */
export function earliest(moments: readonly (Instant | undefined)[]): Instant | undefined {
  const known = moments.filter((m): m is Instant => m !== undefined);
  return known.length === 0 ? undefined : instant(Math.min(...known));
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `90s`, `1m30s`, `500ms`, `2h`; `undefined` when it is not a duration. */
export function parseDuration(text: string): Duration | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (units[unit ?? ''] ?? Number.NaN);
  }
  return Number.isFinite(total) ? duration(Math.round(total)) : undefined;
}

/** The shortest exact writing: 90,000 → `1m30s`. */
export function formatDuration(length: Duration): string {
  if (length === 0) return '0s';
  let rest: number = length;
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = units[unit] ?? 1;
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) text += `${n}${unit}`;
  }
  return text;
}
