import { laterThan, type MemberName } from '@spillway/kernel';
import type { MemberRecord, MemberStore, NewMember } from '../../port/member-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: MemberRecord): string => name;

export class InMemoryMemberStore implements MemberStore {
  constructor(private readonly draft: Draft) {}

  get(name: MemberName): Promise<MemberRecord | undefined> {
    return Promise.resolve(this.draft.tables.members.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: MemberName): Promise<MemberRecord | undefined> {
    return this.get(name);
  }

  list(page: PageRequest): Promise<Page<MemberRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  ofProvider(wanted: string): Promise<readonly MemberRecord[]> {
    return Promise.resolve(this.sorted().filter(({ provider }) => provider === wanted));
  }

  put(member: NewMember): Promise<MemberRecord> {
    const { tables, now } = this.draft;
    const before = tables.members.get(member.name);
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = kept({ ...member, createdAt: before?.createdAt ?? now, updatedAt });
    tables.members.set(member.name, record);
    this.draft.changesAccess();
    return Promise.resolve(record);
  }

  remove(name: MemberName): Promise<void> {
    this.draft.tables.members.delete(name);
    this.draft.changesAccess();
    return Promise.resolve();
  }

  private sorted(): readonly MemberRecord[] {
    return [...this.draft.tables.members.values()].sort(byText(nameOf));
  }
}
