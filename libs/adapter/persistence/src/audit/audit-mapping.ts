import type { AuditEntry, AuditRecord } from '@spillway/application';
import { InvariantBroken } from '@spillway/kernel';
import type { AuditRow } from './audit-row.js';

export const toRow = ({ origin, before, after, ...entry }: AuditEntry) => ({
  ...entry,
  via: origin.via,
  requestId: origin.requestId,
  address: origin.address ?? null,
  before: before ?? null,
  after: after ?? null,
});

/** As it was appended: the same members, so that it has the same hash. */
export const toEntry = (row: AuditRow): AuditEntry => ({
  at: row.at,
  actor: row.actor,
  origin: {
    via: row.via,
    requestId: row.requestId,
    ...(row.address === null ? {} : { address: row.address }),
  },
  operation: row.operation,
  subject: row.subject,
  ...(row.before === null ? {} : { before: row.before }),
  ...(row.after === null ? {} : { after: row.after }),
});

export function toRecord(row: AuditRow): AuditRecord {
  if (row.position === null || row.hash === null) {
    throw new InvariantBroken(`audit record ${row.id} has no place`);
  }
  return { ...toEntry(row), sequence: Number(row.position), hash: row.hash };
}
