import type { Refusal } from '@spillway/kernel';

/** What is wrong with the first of the items that something is wrong with. */
export function firstRefusal<T>(
  items: readonly T[],
  check: (item: T, index: number) => Refusal | undefined,
): Refusal | undefined {
  for (const [index, item] of items.entries()) {
    const found = check(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
