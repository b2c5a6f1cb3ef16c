import type { Loader } from './loader-of.js';

/** Those of these keys that are there. */
export async function allOf<Key, View>(
  loader: Loader<Key, View>,
  keys: readonly Key[],
): Promise<readonly View[]> {
  const found = await Promise.all(keys.map((key) => loader.load(key)));
  return found.filter((view): view is Awaited<View> & View => view !== null) as readonly View[];
}
