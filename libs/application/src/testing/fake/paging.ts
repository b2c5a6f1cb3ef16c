import { CodedError } from '@spillway/kernel';
import type { Page, PageRequest } from '../../port/page.js';

/** Before the cursors of a page that was read the other way round. */
const reversed = '-';

/** Cuts a page out of items that are in the order of their unique keys. The cursor is the last key. */
export function pageOf<T>(
  items: readonly T[],
  { limit, cursor, isReversed = false }: PageRequest,
  keyOf: (item: T) => string,
): Page<T> {
  if (cursor !== undefined && cursor.startsWith(reversed) !== isReversed) throw otherOrder(cursor);
  const sorted = isReversed ? items.toReversed() : items;
  const cursorOf = (item: T): string => (isReversed ? reversed : '') + keyOf(item);
  const from = cursor === undefined ? 0 : sorted.findIndex((item) => cursorOf(item) === cursor) + 1;
  const page = sorted.slice(from, from + limit);
  const cursors = page.map(cursorOf);
  const next = from + limit >= sorted.length ? undefined : cursors.at(-1);
  return { items: page, cursors, ...(next === undefined ? {} : { next }) };
}

const otherOrder = (cursor: string): CodedError =>
  new CodedError(
    'INVALID_INPUT',
    `"${cursor}" is a cursor of this list in another order.`,
    'Ask for the order of the page that it is of, or begin with the first page.',
  );

export const byText =
  <T>(keyOf: (item: T) => string) =>
  (a: T, b: T): number =>
    keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b));
