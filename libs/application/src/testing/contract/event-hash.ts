import { createHash } from 'node:crypto';
import type { ReleaseEvent } from '@spillway/domain-release';

/** What stands before the first event of a release. */
export const noHash = '0'.repeat(64);

/** JSON without spaces, keys in the order of their code units: the same event has one writing. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** The hash of an event in a chain, computed apart from any store so that stores can be checked by it. */
export const eventHash = (previous: string, event: ReleaseEvent): string =>
  createHash('sha256')
    .update(previous + canonicalJson(event))
    .digest('hex');
