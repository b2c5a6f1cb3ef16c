/** Where a JSON pointer leads. */
export type Pointed =
  | { readonly kind: 'found'; readonly value: unknown }
  /** The list on the way is too short, or something on the way is `null`. */
  | { readonly kind: 'nothing' }
  /** There is no such member: the answer has another form than the pointer was written for. */
  | { readonly kind: 'astray'; readonly at: string; readonly there: string };

/** RFC 6901. `undefined`: not a pointer. */
export function parsePointer(text: string): readonly string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined;
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Follows the tokens of a pointer. */
export function follow(json: unknown, tokens: readonly string[]): Pointed {
  let value = json;
  for (const [n, token] of tokens.entries()) {
    if (value === null) return { kind: 'nothing' };
    const next = stepInto(value, token);
    if (next === 'astray') {
      return { kind: 'astray', at: writePointer(tokens.slice(0, n + 1)), there: describe(value) };
    }
    if (next === 'nothing') return { kind: 'nothing' };
    value = next.value;
  }
  return { kind: 'found', value };
}

function stepInto(
  value: unknown,
  token: string,
): { readonly value: unknown } | 'nothing' | 'astray' {
  if (Array.isArray(value)) {
    if (!/^(?:0|[1-9]\d*)$/.test(token)) return 'astray';
    const index = Number(token);
    return index < value.length ? { value: value[index] as unknown } : 'nothing';
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return 'astray';
  return { value: (value as Readonly<Record<string, unknown>>)[token] };
}

const writePointer = (tokens: readonly string[]): string =>
  tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const shown = 10;

/** For a person who looks for the right pointer. */
export function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value);
  if (names.length === 0) return 'an empty object';
  const some = names.slice(0, shown).join(', ');
  return `an object with ${some}${names.length > shown ? ', …' : ''}`;
}
