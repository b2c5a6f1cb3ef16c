import type { MemberName } from '@spillway/kernel';
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

  list(page: PageRequest): Promise<Page<MemberRecord>> {
    return Promise.resolve(pageOf(this.sorted(), page, nameOf));
  }

  ofProvider(wanted: string): Promise<readonly MemberRecord[]> {
    return Promise.resolve(this.sorted().filter(({ provider }) => provider === wanted));
  }

  put(member: NewMember): Promise<MemberRecord> {
    const { tables, now } = this.draft;
    const { createdAt = now } = tables.members.get(member.name) ?? {};
    const record = kept({ ...member, createdAt, updatedAt: now });
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
