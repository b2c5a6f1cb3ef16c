import type { Page, PageRequest } from '../../port/page.js';

/** Cuts a page out of items that are in the order of their unique keys. The cursor is the last key. */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor }: PageRequest,
  keyOf: (item: T) => string,
): Page<T> {
  const from = cursor === undefined ? 0 : items.findIndex((item) => keyOf(item) === cursor) + 1;
  const page = items.slice(from, from + limit);
  const cursors = page.map(keyOf);
  const next = from + limit >= items.length ? undefined : cursors.at(-1);
  return { items: page, cursors, ...(next === undefined ? {} : { next }) };
}

export const byText =
  <T>(keyOf: (item: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b));
