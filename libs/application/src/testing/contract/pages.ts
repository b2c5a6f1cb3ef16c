import { expect } from '@jest/globals';
import type { Page, PageRequest } from '../../port/page.js';

/** Reads a list to its end, at most 100 pages of it, and reads on after each item of each page. */
export async function pagesOf<T>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let page = await read({ limit });
  pages.push(page.items);
  while (page.next !== undefined && pages.length < 100) {
    await expectCursors(page, limit, read);
    page = await read({ limit, cursor: page.next });
    pages.push(page.items);
  }
  return pages;
}

/** The same of a list that can be read both ways; and no cursor goes on the other way. */
export async function pagesBothWays<T>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages = await pagesOf(limit, read);
  const back = await pagesOf(limit, (page) => read({ ...page, isReversed: true }));
  expect(back.flat()).toEqual(pages.flat().toReversed());
  for (const isReversed of [true, false]) {
    const { cursors } = await read({ limit: 1, isReversed });
    const other = { limit, isReversed: !isReversed, cursor: cursors[0] ?? '' };
    await expect(read(other)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
  return pages;
}

async function expectCursors<T>(
  { items, cursors, next }: Page<T>,
  limit: number,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<void> {
  expect(cursors).toHaveLength(items.length);
  expect(cursors.at(-1)).toBe(next);
  for (const [index, cursor] of cursors.entries()) {
    const { items: rest } = await read({ limit, cursor });
    expect(rest.slice(0, items.length - index - 1)).toEqual(items.slice(index + 1));
  }
}
