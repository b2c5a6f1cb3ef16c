/** A copy that nobody can change: neither who gave it nor who gets it alters what is stored. */
export const kept = <T>(value: T): T => deepFreeze(JSON.parse(JSON.stringify(value)) as T);

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) deepFreeze(member);
    Object.freeze(value);
  }
  return value;
}
