import type { Page, PageRequest } from '@spillway/application';

/** The cursor is the place of the next item. */
export function pageOf<T>(items: readonly T[], { limit, cursor = '0' }: PageRequest): Page<T> {
  const start = Number(cursor);
  const end = start + limit;
  const page = items.slice(start, end);
  const cursors = page.map((_, index) => String(start + index + 1));
  return { items: page, cursors, ...(end < items.length ? { next: String(end) } : {}) };
}
