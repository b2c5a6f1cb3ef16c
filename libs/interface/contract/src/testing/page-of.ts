import type { Page, PageRequest } from '@spillway/application';

/** The cursor is the place of the next item. */
export function pageOf<T>(
  sorted: readonly T[],
  { limit, cursor = '0', isReversed = false }: PageRequest,
): Page<T> {
  const items = isReversed ? sorted.toReversed() : sorted;
  const start = Number(cursor);
  const end = start + limit;
  const page = items.slice(start, end);
  const cursors = page.map((_, index) => String(start + index + 1));
  return { items: page, cursors, ...(end < items.length ? { next: String(end) } : {}) };
}
