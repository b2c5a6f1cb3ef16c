import type { Page, PageRequest } from '../../port/page.js';

/** Reads a list to its end, at most 100 pages of it. */
export async function pagesOf<T>(
  limit: number,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = [];
  let page = await read({ limit });
  pages.push(page.items);
  while (page.next !== undefined && pages.length < 100) {
    page = await read({ limit, cursor: page.next });
    pages.push(page.items);
  }
  return pages;
}
