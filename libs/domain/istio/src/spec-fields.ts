export type Fields = Readonly<Record<string, unknown>>;

/** Objects may be written by anybody: nothing in their spec is taken for granted. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

/** Whether two values are the same JSON; an API server gives maps back in an order of its own. */
export const isSameJson = (a: unknown, b: unknown): boolean => jsonOf(a) === jsonOf(b);

/** The same text for the same JSON. */
export const jsonOf = (value: unknown): string | undefined =>
  JSON.stringify(value, inOrder) as string | undefined;

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
