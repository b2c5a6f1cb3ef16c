import { describe, expect, it } from '@jest/globals';
import type { Page } from '../types.js';
import { listing } from './listing.js';

/** Letters on pages of two; remembers which cursors were asked for. */
function letters(options: { cursor?: string } = {}) {
  const asked: (string | undefined)[] = [];
  const list = listing(options, ({ cursor }): Promise<Page<string>> => {
    asked.push(cursor);
    const from = Number(cursor ?? 0);
    const items = ['a', 'b', 'c', 'd', 'e'].slice(from, from + 2);
    return Promise.resolve(from + 2 < 5 ? { items, next: String(from + 2) } : { items });
  });
  return { list, asked };
}

describe('a listing', () => {
  it('asks nobody before it is awaited or iterated', () => {
    expect(letters().asked).toEqual([]);
  });

  it('is its first page when it is awaited', async () => {
    const { list, asked } = letters();
    expect(await list).toEqual({ items: ['a', 'b'], next: '2' });
    expect(asked).toEqual([undefined]);
  });

  it('is every item when it is iterated, from its cursor on', async () => {
    const { list, asked } = letters({ cursor: '2' });
    const seen: string[] = [];
    for await (const letter of list) seen.push(letter);
    expect(seen).toEqual(['c', 'd', 'e']);
    expect(asked).toEqual(['2', '4']);
  });

  it('fetches a page only when the one before is used up', async () => {
    const { list, asked } = letters();
    for await (const letter of list) if (letter === 'c') break;
    expect(asked).toEqual([undefined, '2']);
  });

  it('gives page by page, and the first page once for all uses', async () => {
    const { list, asked } = letters();
    const { next } = await list;
    const sizes: number[] = [];
    for await (const { items } of list.pages()) sizes.push(items.length);
    expect([next, sizes]).toEqual(['2', [2, 2, 1]]);
    expect(asked).toEqual([undefined, '2', '4']);
  });

  it('takes so many and no page more', async () => {
    const { list, asked } = letters();
    expect([await list.take(0), await list.take(3)]).toEqual([[], ['a', 'b', 'c']]);
    expect(asked).toEqual([undefined, '2']);
    expect(await letters().list.take(9)).toHaveLength(5);
  });

  it('rejects as the call did, awaited or iterated', async () => {
    const failing = () => listing({}, () => Promise.reject<Page<string>>(new Error('no')));
    await expect(failing()).rejects.toThrow('no');
    await expect(failing().take(1)).rejects.toThrow('no');
    expect(await failing().catch(() => 'caught')).toBe('caught');
    let settled = false;
    await failing()
      .finally(() => (settled = true))
      .catch(() => undefined);
    expect(settled).toBe(true);
  });
});
