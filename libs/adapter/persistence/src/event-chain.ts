import { createHash } from 'node:crypto';
import type { ReleaseEvent } from '@spillway/domain-release';
import { canonicalJson } from '@spillway/kernel';

/** Stands before the first event of a release. */
export const noHash = '0'.repeat(64);

export const nextHash = (previous: string, event: ReleaseEvent): string =>
  createHash('sha256')
    .update(previous + canonicalJson(event))
    .digest('hex');

/** The hash of each event in turn. A changed, missing or moved event changes all that follow. */
export function chain(previous: string, events: readonly ReleaseEvent[]): readonly string[] {
  const hashes: string[] = [];
  for (const event of events) hashes.push(nextHash(hashes.at(-1) ?? previous, event));
  return hashes;
}
