import {
  doors,
  type AuditFilter,
  type AuditProof,
  type AuditRecord,
  type PageRequest,
} from '@spillway/application';
import { ok, type Refusal, type Result } from '@spillway/kernel';
import { z } from 'zod';
import { pageQuery, toPage } from '../request.js';
import { document } from '../schema/document.js';
import { parse } from '../schema/parse.js';
import { moment, toMoment } from '../schema/scalars.js';

const filterText = z.string().min(1).max(500);

export const auditQuery = document({
  ...pageQuery.shape,
  actor: filterText.optional().describe('Only changes by this actor.'),
  operation: filterText.optional().describe('Only changes by this operation, such as putService.'),
  subject: filterText.optional().describe('Only changes of this, such as "service shop/catalog".'),
});

export function toAuditListing(
  input: unknown,
): Result<{ readonly filter: AuditFilter; readonly page: PageRequest }, Refusal> {
  const parsed = parse(auditQuery, input);
  if (!parsed.ok) return parsed;
  const { actor, operation, subject } = parsed.value;
  const filter = {
    ...(actor === undefined ? {} : { actor }),
    ...(operation === undefined ? {} : { operation }),
    ...(subject === undefined ? {} : { subject }),
  };
  return ok({ filter, page: toPage(parsed.value) });
}

export const auditRecordView = z
  .object({
    sequence: z.int().describe('Its place in the chain, from 1.'),
    at: moment.describe('When the change was made.'),
    actor: z.string().describe('Who made it.'),
    via: z.enum(doors).describe('By which door the request came.'),
    requestId: z.string().describe('The X-Request-Id of the request.'),
    address: z.string().optional().describe('Where the request came from.'),
    operation: z.string().describe('What was done.'),
    subject: z.string().describe('What was changed.'),
    before: z.string().optional().describe('Digest of it before; absent when it was not there.'),
    after: z.string().optional().describe('Digest of it after; absent when it is not there.'),
    hash: z.string().describe('SHA-256 of the previous hash and this record.'),
  })
  .describe('One change, in its place in the chain of all changes.');

export type AuditRecordView = z.output<typeof auditRecordView>;

export const toAuditRecordView = ({ origin, at, ...record }: AuditRecord): AuditRecordView => ({
  ...record,
  ...origin,
  at: toMoment(at),
});

export const auditProofView = z
  .object({
    ok: z.boolean().describe('Whether every record follows from those before it.'),
    records: z.int().describe('How many follow.'),
    hash: z
      .string()
      .describe('Hash of the last that does; note it elsewhere to find a log that was cut.'),
    broken: auditRecordView.optional().describe('The first that does not.'),
  })
  .describe('What came of checking the audit log.');

export type AuditProofView = z.output<typeof auditProofView>;

export const toAuditProofView = ({ records, hash, broken }: AuditProof): AuditProofView => ({
  ok: broken === undefined,
  records,
  hash,
  ...(broken === undefined ? {} : { broken: toAuditRecordView(broken) }),
});
