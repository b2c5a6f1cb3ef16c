import { createHash } from 'node:crypto';
import { canonicalJson } from '@spillway/kernel';

/** 32 hex digits that stand for a value: the same value gives the same, whatever the order of its members. */
export const digestOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

/**
 * What an `ETag` says and `If-Match` asks for: the revision where there is one, or else the digest
 * of what was said of it. Nobody's change is stale because a token was used, or a cluster answers again.
 */
export function tagOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return digestOf(value);
  if ('revision' in value) return String(value.revision);
  return digestOf({ ...value, ...unsaid });
}

/** What Spillway notes on records by itself. */
const unsaid = { lastState: undefined, lastUsedAt: undefined, rollouts: undefined } as const;
