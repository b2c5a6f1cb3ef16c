import { ok } from '@spillway/kernel';
import { brokenLink, noAuditHash } from '../../audit/audit-hash.js';
import type { AuditRecord } from '../../port/audit-store.js';
import type { UseCaseDeps } from '../deps.js';
import type { UseCases } from '../use-cases.js';
import type { AuditProof } from './access-use-cases.js';

const perRead = 1_000;

export const listAudit =
  ({ unitOfWork }: UseCaseDeps): UseCases['listAudit'] =>
  async (filter, page) =>
    ok(await unitOfWork.read((tx) => tx.audit.list(filter, page)));

/** Reads all of it, a part at a time, so that no transaction is long. */
export const verifyAudit =
  ({ unitOfWork }: UseCaseDeps): UseCases['verifyAudit'] =>
  async () => {
    let last: Pick<AuditRecord, 'sequence' | 'hash'> = { sequence: 0, hash: noAuditHash };
    for (;;) {
      const { sequence } = last;
      const records = await unitOfWork.read((tx) => tx.audit.chain(sequence, perRead));
      const broken = brokenLink(last, records);
      if (broken !== undefined) {
        return ok<AuditProof>({ records: broken.sequence - 1, hash: last.hash, broken });
      }
      last = records.at(-1) ?? last;
      if (records.length < perRead) return ok({ records: last.sequence, hash: last.hash });
    }
  };

/** Who asks, as the server knows them. */
export const whoAmI = (): UseCases['whoAmI'] => (caller) =>
  Promise.resolve(ok({ actor: caller.actor, grants: caller.grants }));
