import type { AuditProof, AuditRecord } from '@spillway/sdk';
import { age } from './moment.js';
import { table } from './table.js';

export const auditTable = (records: readonly AuditRecord[], now: number): string =>
  table(
    ['NO', 'AGO', 'WHO', 'WHAT', 'OF', 'FROM'],
    records.map(({ sequence, at, actor, operation, subject, via, address }) => [
      String(sequence),
      age(at, now),
      actor,
      operation,
      subject,
      address === undefined ? via : `${via} ${address}`,
    ]),
  );

export function auditProof({ ok, records, hash, broken }: AuditProof): string {
  if (ok)
    return `${records} ${records === 1 ? 'record' : 'records'}, each follows from those before it\nlast hash  ${hash}\n`;
  const where =
    broken === undefined ? '' : ` (${broken.operation} of ${broken.subject} by ${broken.actor})`;
  return `record ${records + 1} is not what it was, or not where it was${where}\n${records} records before it are right; last hash ${hash}\n`;
}
