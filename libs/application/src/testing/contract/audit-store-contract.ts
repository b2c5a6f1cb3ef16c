import { expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { brokenLink, noAuditHash } from '../../audit/audit-hash.js';
import type { AuditEntry } from '../../port/audit-store.js';
import type { Harness } from './harness.js';
import { fresh } from './fresh.js';
import { pagesOf } from './pages.js';

const entry = (overrides: Partial<AuditEntry> = {}): AuditEntry => ({
  at: instant(1_767_607_200_123),
  actor: 'anna',
  origin: { via: 'rest', requestId: 'r-1', address: '::1' },
  operation: 'putService',
  subject: 'service shop/catalog',
  before: 'a'.repeat(32),
  after: 'b'.repeat(32),
  ...overrides,
});
const beginning = { sequence: 0, hash: noAuditHash };

/** What every `AuditStore` promises. */
export function auditStoreContract(make: () => Promise<Harness>): void {
  const start = fresh(make);
  const append = async ({ uow }: Harness, ...entries: readonly AuditEntry[]) => {
    for (const one of entries) await uow.run((tx) => tx.audit.append(one));
  };

  it('gives back what was appended, each in its place and chained to the one before', async () => {
    const harness = await start();
    const {
      before: _,
      after: __,
      ...bare
    } = entry({ actor: 'ci', origin: { via: 'graphql', requestId: 'r-2' } });
    await append(harness, entry(), bare);
    const records = await harness.uow.run((tx) => tx.audit.chain(0, 10));
    expect(records).toMatchObject([
      { ...entry(), sequence: 1 },
      { ...bare, sequence: 2 },
    ]);
    expect(Object.keys(records[1] ?? {})).not.toContain('before');
    expect(brokenLink(beginning, records)).toBeUndefined();
    const rest = await harness.uow.run((tx) => tx.audit.chain(1, 10));
    expect(rest).toEqual(records.slice(1));
  });

  it('chains what many transactions append at the same moment, once each', async () => {
    const harness = await start();
    const actors = Array.from({ length: 12 }, (_, i) => `actor-${i}`);
    await Promise.all(actors.map((actor) => append(harness, entry({ actor }))));
    const records = await harness.uow.run((tx) => tx.audit.chain(0, 100));
    expect(records.map(({ sequence }) => sequence)).toEqual(actors.map((_, i) => i + 1));
    expect(new Set(records.map(({ actor }) => actor))).toEqual(new Set(actors));
    expect(brokenLink(beginning, records)).toBeUndefined();
  });

  it('holds nothing of a transaction that was rejected', async () => {
    const harness = await start();
    await append(harness, entry());
    const work = harness.uow.run(async (tx) => {
      await tx.audit.append(entry({ actor: 'mallory' }));
      throw new Error('second thoughts');
    });
    await expect(work).rejects.toThrow('second thoughts');
    await append(harness, entry({ actor: 'bob' }));
    const records = await harness.uow.run((tx) => tx.audit.chain(0, 10));
    expect(records.map(({ actor }) => actor)).toEqual(['anna', 'bob']);
    expect(brokenLink(beginning, records)).toBeUndefined();
  });

  it('lists the newest first, page by page, by actor, operation and subject', async () => {
    const harness = await start();
    const { uow } = harness;
    await append(harness, ...['a', 'b', 'a', 'c'].map((actor) => entry({ actor })));
    await append(harness, entry({ operation: 'putCluster', subject: 'cluster eu' }));
    const pages = await pagesOf(2, (page) => uow.run((tx) => tx.audit.list({}, page)));
    expect(pages.map((page) => page.map(({ sequence }) => sequence))).toEqual([
      [5, 4],
      [3, 2],
      [1],
    ]);
    const listed = async (filter: object) => {
      const { items } = await uow.run((tx) => tx.audit.list(filter, { limit: 10 }));
      return items.map(({ sequence }) => sequence);
    };
    expect(await listed({ actor: 'a' })).toEqual([3, 1]);
    expect(await listed({ operation: 'putCluster' })).toEqual([5]);
    expect(await listed({ subject: 'cluster eu', actor: 'b' })).toEqual([]);
  });
}
