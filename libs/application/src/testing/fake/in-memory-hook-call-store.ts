import { isTold, type HookAnswer } from '@spillway/domain-release';
import type { ReleaseId } from '@spillway/kernel';
import type { HookCall, HookCallFilter, HookCallStore } from '../../port/hook-call-store.js';
import type { Page, PageRequest } from '../../port/page.js';
import type { Draft } from './draft.js';
import { kept } from './kept.js';
import { byText, pageOf } from './paging.js';

export class InMemoryHookCallStore implements HookCallStore {
  constructor(private readonly draft: Draft) {}

  put(release: ReleaseId, call: HookCall): Promise<void> {
    const { hook, ordinal } = call;
    this.draft.tables.hookCalls.set(keyOf(release, hook, ordinal), kept({ release, call }));
    return Promise.resolve();
  }

  remove(release: ReleaseId, hook: string, ordinal: number): Promise<void> {
    this.draft.tables.hookCalls.delete(keyOf(release, hook, ordinal));
    return Promise.resolve();
  }

  last(release: ReleaseId, hook: string, limit: number): Promise<readonly HookCall[]> {
    const own = this.of(release).filter((call) => call.hook === hook);
    return Promise.resolve(own.slice(-limit));
  }

  answers(release: ReleaseId): Promise<readonly HookAnswer[]> {
    const asked = this.of(release).filter((call) => !isTold(call));
    return Promise.resolve(
      asked.flatMap(({ hook, slot, state, detail, at, times }) =>
        state === 'underWay' ? [] : [{ hook, slot, outcome: state, detail, at, times }],
      ),
    );
  }

  list(release: ReleaseId, { hook }: HookCallFilter, page: PageRequest): Promise<Page<HookCall>> {
    const newest = this.of(release)
      .filter((call) => hook === undefined || call.hook === hook)
      .toSorted((a, b) => b.firstAt - a.firstAt || byText(cursorOf)(b, a));
    return Promise.resolve(pageOf(newest, page, cursorOf));
  }

  private of(release: ReleaseId): readonly HookCall[] {
    return [...this.draft.tables.hookCalls.values()]
      .filter((one) => one.release === release)
      .map(({ call }) => call)
      .sort((a, b) => byText<HookCall>(({ hook }) => hook)(a, b) || a.ordinal - b.ordinal);
  }
}

const keyOf = (release: ReleaseId, hook: string, ordinal: number): string =>
  JSON.stringify([release, hook, ordinal]);

const cursorOf = ({ hook, ordinal }: HookCall): string =>
  `${hook} ${String(ordinal).padStart(9, '0')}`;
