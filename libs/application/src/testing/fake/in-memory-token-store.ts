import type { Instant, TokenName } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';
import type { StoredToken, TokenRecord, TokenStore } from '../../port/token-store.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

const nameOf = ({ name }: TokenRecord): string => name;
const shown = ({ hashes: _hashes, ...record }: StoredToken): TokenRecord => record;

export class InMemoryTokenStore implements TokenStore {
  constructor(private readonly draft: Draft) {}

  async get(name: TokenName): Promise<TokenRecord | undefined> {
    const known = this.draft.tables.tokens.get(name);
    return known && shown(known);
  }

  lock(name: TokenName): Promise<StoredToken | undefined> {
    return Promise.resolve(this.draft.tables.tokens.get(name));
  }

  find(hash: string): Promise<StoredToken | undefined> {
    const all = [...this.draft.tables.tokens.values()];
    const known = all.find(({ hashes }) => hashes.current === hash || hashes.previous === hash);
    return Promise.resolve(known);
  }

  list(page: PageRequest): Promise<Page<TokenRecord>> {
    const all = [...this.draft.tables.tokens.values()].map(shown).sort(byText(nameOf));
    return Promise.resolve(pageOf(all, page, nameOf));
  }

  put(token: StoredToken): Promise<void> {
    this.draft.tables.tokens.set(token.name, kept(token));
    this.draft.changesAccess();
    return Promise.resolve();
  }

  remove(name: TokenName): Promise<void> {
    this.draft.tables.tokens.delete(name);
    this.draft.changesAccess();
    return Promise.resolve();
  }

  noteUse(name: TokenName, at: Instant): Promise<void> {
    const known = this.draft.tables.tokens.get(name);
    if (known !== undefined) {
      this.draft.tables.tokens.set(name, kept({ ...known, lastUsedAt: at }));
    }
    return Promise.resolve();
  }
}
