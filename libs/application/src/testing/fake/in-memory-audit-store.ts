import { auditHash, noAuditHash } from '../../audit/audit-hash.js';
import type { AuditEntry, AuditFilter, AuditRecord, AuditStore } from '../../port/audit-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { pageOf } from './paging.js';

/** Transactions come one after another, so every entry finds its place at once. */
export class InMemoryAuditStore implements AuditStore {
  constructor(private readonly draft: Draft) {}

  append(entry: AuditEntry): Promise<void> {
    const { audit } = this.draft.tables;
    const stored = kept(entry);
    const hash = auditHash(audit.at(-1)?.hash ?? noAuditHash, stored);
    audit.push(kept({ ...stored, sequence: audit.length + 1, hash }));
    return Promise.resolve();
  }

  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditRecord>> {
    const wanted = this.draft.tables.audit
      .filter(({ actor }) => (filter.actor ?? actor) === actor)
      .filter(({ operation }) => (filter.operation ?? operation) === operation)
      .filter(({ subject }) => (filter.subject ?? subject) === subject);
    return Promise.resolve(pageOf(wanted.toReversed(), page, ({ sequence }) => String(sequence)));
  }

  chain(after: number, limit: number): Promise<readonly AuditRecord[]> {
    return Promise.resolve(this.draft.tables.audit.slice(after, after + limit));
  }
}
