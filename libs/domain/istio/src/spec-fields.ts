export type Fields = Readonly<Record<string, unknown>>;

/** Objects may be written by anybody: nothing in their spec is taken for granted. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

/** Whether two values are the same JSON; an API server gives maps back in an order of its own. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isSameJson(item, b[i]));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => isSameJson(a[key], b[key]));
}

const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON has no `undefined`. */
const keysOf = (fields: Fields): readonly string[] =>
  Object.keys(fields).filter((key) => fields[key] !== undefined);

/** The same text for the same JSON. */
export const jsonOf = (value: unknown): string | undefined =>
  JSON.stringify(value, inOrder) as string | undefined;

const inOrder = (_key: string, value: unknown): unknown =>
  isMap(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
