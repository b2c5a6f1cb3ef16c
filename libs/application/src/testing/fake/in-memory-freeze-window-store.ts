import type { FreezeWindow } from '@spillway/domain-freeze';
import { laterThan } from '@spillway/kernel';
import type { FreezeWindowRecord, FreezeWindowStore } from '../../port/freeze-window-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: FreezeWindowRecord): string => name;

export class InMemoryFreezeWindowStore implements FreezeWindowStore {
  constructor(private readonly draft: Draft) {}

  get(name: string): Promise<FreezeWindowRecord | undefined> {
    return Promise.resolve(this.draft.tables.freezeWindows.get(name));
  }

  /** Transactions run one after another: each has every lock. */
  lock(name: string): Promise<FreezeWindowRecord | undefined> {
    return this.get(name);
  }

  all(): Promise<readonly FreezeWindowRecord[]> {
    return Promise.resolve([...this.draft.tables.freezeWindows.values()].sort(byText(nameOf)));
  }

  async list(page: PageRequest): Promise<Page<FreezeWindowRecord>> {
    return pageOf(await this.all(), page, nameOf);
  }

  put(window: FreezeWindow): Promise<FreezeWindowRecord> {
    const { tables, now } = this.draft;
    const before = tables.freezeWindows.get(window.name);
    const updatedAt = laterThan(before?.updatedAt, now);
    const record = kept({ ...window, createdAt: before?.createdAt ?? now, updatedAt });
    tables.freezeWindows.set(window.name, record);
    return Promise.resolve(record);
  }

  remove(name: string): Promise<void> {
    this.draft.tables.freezeWindows.delete(name);
    return Promise.resolve();
  }
}
