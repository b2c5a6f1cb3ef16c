import DataLoader from 'dataloader';

/** More at once would be a statement that no plan of the database was made for. */
const mostAtOnce = 500;

/**
 * A reading that is asked once for all who ask in the same moment of one transaction, as those do who
 * share it. Nothing is kept: whoever asks later is told what is there by then. `read` gives what it
 * finds by the texts of the keys: a key that is a text is its own.
 */
export function askedTogether<Key, Found>(
  read: (keys: readonly Key[]) => Promise<ReadonlyMap<string, Found>>,
  textOf: (key: Key) => string = String,
): (key: Key) => Promise<Found | undefined> {
  const loader = new DataLoader<Key, Found | undefined>(
    async (keys) => {
      const different = new Map(keys.map((key) => [textOf(key), key]));
      const found = await read([...different.values()]);
      return keys.map((key) => found.get(textOf(key)));
    },
    { cache: false, maxBatchSize: mostAtOnce },
  );
  return (key) => loader.load(key);
}

/** The same for writing: once for all who write in the same moment. It fails for all of them, or for none. */
export function writtenTogether<Item>(
  write: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  const loader = new DataLoader<Item, void>(
    async (items) => {
      await write(items);
      return items.map(() => undefined);
    },
    { cache: false, maxBatchSize: mostAtOnce },
  );
  return (item) => loader.load(item);
}
