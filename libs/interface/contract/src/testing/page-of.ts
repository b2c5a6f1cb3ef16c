import type { Page, PageRequest } from '@spillway/application';

/** The cursor is the place of the next item. */
export function pageOf<T>(items: readonly T[], { limit, cursor = '0' }: PageRequest): Page<T> {
  const end = Number(cursor) + limit;
  const page = items.slice(Number(cursor), end);
  return end < items.length ? { items: page, next: String(end) } : { items: page };
}
