import type { Page, PageRequest } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import { LessThan, MoreThan, type FindOperator } from 'typeorm';

/** Where a page ended: the values that the list is sorted by, of its last item. */
export type Key = readonly string[];

const encode = (key: Key): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Throws `INVALID_INPUT` for a cursor that no page of such a list ever gave. */
export function keyAfter(
  cursor: string | undefined,
  isKey: (key: Key) => boolean,
): Key | undefined {
  if (cursor === undefined) return undefined;
  const key = decode(cursor);
  if (key !== undefined && isKey(key)) return key;
  throw new CodedError(
    'INVALID_INPUT',
    `"${cursor}" is not a cursor of this list.`,
    'Pass the cursor of an earlier page as it was given, or none for the first page.',
  );
}

function decode(cursor: string): Key | undefined {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return isTexts(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

const isTexts = (value: unknown): value is Key =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** In a cursor, before the key: of a page that was read the other way round. */
const reversed = '-';

/** The same of a list that can be read both ways: a cursor goes on in the direction of its page only. */
export function keyOfPage(
  { cursor, isReversed = false }: PageRequest,
  isKey: (key: Key) => boolean,
): Key | undefined {
  const key = keyAfter(cursor, (known) => isKey(withoutDirection(known)));
  if (key === undefined) return undefined;
  if ((key[0] === reversed) === isReversed) return withoutDirection(key);
  throw new CodedError(
    'INVALID_INPUT',
    `"${cursor}" is a cursor of this list in another order.`,
    'Ask for the order of the page that it is of, or begin with the first page.',
  );
}

const withoutDirection = (key: Key): Key => (key[0] === reversed ? key.slice(1) : key);

/** Of lists that are sorted by a name alone. */
export const isNameKey = (key: Key): boolean => key.length === 1;

export const nameKey = ({ name }: { readonly name: string }): Key => [name];

interface ByName {
  readonly where: { readonly name?: FindOperator<string> };
  readonly order: { readonly name: 'ASC' | 'DESC' };
  readonly take: number;
}

/** Finds the rows of such a page, and one more for `toPage`. Throws as `keyOfPage` does. */
export function byName(page: PageRequest): ByName {
  const [after] = keyOfPage(page, isNameKey) ?? [];
  const past = page.isReversed === true ? LessThan : MoreThan;
  const where = after === undefined ? {} : { name: past(after) };
  return {
    where,
    order: { name: page.isReversed === true ? 'DESC' : 'ASC' },
    take: page.limit + 1,
  };
}

interface NameOrder {
  /** What later names are compared by. */
  readonly past: '<' | '>';
  readonly order: 'asc' | 'desc';
}

/** The same in words of SQL. */
export const nameOrder = ({ isReversed }: PageRequest): NameOrder =>
  isReversed === true ? { past: '<', order: 'desc' } : { past: '>', order: 'asc' };

/** Makes a page of rows, of which one more was read than are shown. */
export function toPage<Row, T>(
  rows: readonly Row[],
  { limit, isReversed }: PageRequest,
  keyOf: (row: Row) => Key,
  toItem: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const direction = isReversed === true ? [reversed] : [];
  const cursorOf = (row: Row): string => encode([...direction, ...keyOf(row)]);
  const last = rows.length <= limit ? undefined : shown.at(-1);
  return {
    items: shown.map(toItem),
    // Made when they are asked for: most callers read on after the last item only.
    get cursors() {
      return shown.map(cursorOf);
    },
    ...(last === undefined ? {} : { next: cursorOf(last) }),
  };
}
