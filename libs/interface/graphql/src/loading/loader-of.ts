import DataLoader from 'dataloader';
import type { Refusal, Result } from '@spillway/kernel';
import { orRefuse } from '@spillway/interface-problem';

/** One of many, or nothing where it is gone or not to be seen by who asks. */
export type Loader<Key, View> = DataLoader<Key, View | null, string>;

interface Kind<Key, Item, View> {
  /** Those that are there, in any order. */
  readonly ask: (keys: readonly Key[]) => Promise<Result<readonly Item[], Refusal>>;
  /** The same text for a key and for the item of that key. */
  readonly textOf: (key: Key) => string;
  readonly keyOf: (item: Item) => Key;
  readonly view: (item: Item) => View;
}

/** More at once would be a statement that no plan of the database was made for. */
const mostAtOnce = 500;

/** Collects what the fields of one operation ask for, and asks once for all of it. */
export const loaderOf = <Key, Item, View>({
  ask,
  textOf,
  keyOf,
  view,
}: Kind<Key, Item, View>): Loader<Key, View> =>
  new DataLoader<Key, View | null, string>(
    async (keys) => {
      const items = orRefuse(await ask(keys));
      const views = new Map(items.map((item) => [textOf(keyOf(item)), view(item)]));
      return keys.map((key) => views.get(textOf(key)) ?? null);
    },
    { cacheKeyFn: textOf, maxBatchSize: mostAtOnce },
  );
