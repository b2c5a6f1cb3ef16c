import { createHash, createHmac } from 'node:crypto';
import type { Authentic, RawDelivery } from '@spillway/application';
import type { Instant } from '@spillway/kernel';

/** Secrets are tried all: one may be on its way out. */
export type Check = (
  secrets: readonly string[],
  delivery: RawDelivery,
  now: Instant,
) => Authentic | undefined;

/** How far a sender’s clock may be from ours, and how long a delivery may be on its way. */
const toleranceMs = 300_000;

/** Whether a time stamp in seconds is of now. Digits only: `1e9` and ` 1` have other readers. */
export const isRecent = (seconds: string | undefined, now: Instant): boolean =>
  seconds !== undefined &&
  /^\d{1,12}$/.test(seconds) &&
  Math.abs(now - Number(seconds) * 1_000) <= toleranceMs;

export const hmac = (
  key: string | Buffer,
  encoding: 'hex' | 'base64',
  ...parts: readonly (string | Uint8Array)[]
): string => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest(encoding);
};

/** Of what was signed, so that it is known again under any header. */
export const fingerprintOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const made = createHash('sha256');
  for (const part of parts) made.update(part);
  return made.digest('hex');
};
