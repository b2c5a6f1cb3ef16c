import type { Page, PageRequest } from '../../port/page.js';

/** Cuts a page out of items that are in the order of their unique keys. The cursor is the last key. */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor }: PageRequest,
  keyOf: (item: T) => string,
): Page<T> {
  const from = cursor === undefined ? 0 : items.findIndex((item) => keyOf(item) === cursor) + 1;
  const page = items.slice(from, from + limit);
  const last = page.at(-1);
  if (last === undefined || from + limit >= items.length) return { items: page };
  return { items: page, next: keyOf(last) };
}

export const byText =
  <T>(keyOf: (item: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b));
