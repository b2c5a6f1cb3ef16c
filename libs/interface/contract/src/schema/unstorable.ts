/** U+0000 and halves of surrogate pairs: a JavaScript string may hold them, a database may not. */
const noText = /[\0\p{Surrogate}]/u;

/** Where such a text is. Asked of what a schema let through, so it is never nested without end. */
export function unstorableIn(
  value: unknown,
  path: readonly PropertyKey[],
): readonly PropertyKey[] | undefined {
  if (typeof value === 'string') return noText.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (noText.test(key)) return path;
    const found = unstorableIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}
