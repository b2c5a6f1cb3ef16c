import type { Page, PageRequest } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import { MoreThan, type FindOperator } from 'typeorm';

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

/** Of lists that are sorted by a name alone. */
export const isNameKey = (key: Key): boolean => key.length === 1;

export const nameKey = ({ name }: { readonly name: string }): Key => [name];

interface ByName {
  readonly where: { readonly name?: FindOperator<string> };
  readonly order: { readonly name: 'ASC' };
  readonly take: number;
}

/** Finds the rows of such a page, and one more for `toPage`. Throws as `keyAfter` does. */
export function byName({ cursor, limit }: PageRequest): ByName {
  const [after] = keyAfter(cursor, isNameKey) ?? [];
  const where = after === undefined ? {} : { name: MoreThan(after) };
  return { where, order: { name: 'ASC' }, take: limit + 1 };
}

/** Makes a page of rows, of which one more was read than are shown. */
export function toPage<Row, T>(
  rows: readonly Row[],
  { limit }: PageRequest,
  keyOf: (row: Row) => Key,
  toItem: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const cursors = shown.map((row) => encode(keyOf(row)));
  const next = rows.length <= limit ? undefined : cursors.at(-1);
  return { items: shown.map(toItem), cursors, ...(next === undefined ? {} : { next }) };
}
