import { createHash } from 'node:crypto';
import { canonicalJson } from '@spillway/kernel';
import type { AuditEntry, AuditRecord } from '../port/audit-store.js';

/** Stands before the first record. */
export const noAuditHash = '0'.repeat(64);

export const auditHash = (previous: string, entry: AuditEntry): string =>
  createHash('sha256')
    .update(previous + canonicalJson(entry))
    .digest('hex');

/** The first record that does not follow from those before it; `undefined` when all do. */
export function brokenLink(
  previous: Pick<AuditRecord, 'sequence' | 'hash'>,
  records: readonly AuditRecord[],
): AuditRecord | undefined {
  let { sequence, hash } = previous;
  for (const record of records) {
    const { sequence: place, hash: claimed, ...entry } = record;
    if (place !== sequence + 1 || claimed !== auditHash(hash, entry)) return record;
    sequence = place;
    hash = claimed;
  }
  return undefined;
}
