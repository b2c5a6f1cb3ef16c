/** All items of a list that comes page by page. */
export async function every<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The first of them; of what comes after, no page is read. */
export async function upTo<Item>(
  limit: number,
  items: AsyncIterable<Item>,
): Promise<readonly Item[]> {
  const first: Item[] = [];
  for await (const item of items) {
    first.push(item);
    if (first.length === limit) break;
  }
  return first;
}
