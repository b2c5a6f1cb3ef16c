/**
 * An iterator whose `return` reaches a source that is waiting. An async
 * generator would finish its wait first, which for a quiet release is never.
 */
export function stoppable<From, To>(
  source: AsyncIterable<From>,
  controller: AbortController,
  map: (item: From) => To,
): AsyncIterableIterator<To, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const end = { done: true, value: undefined } as const;
  return {
    async next() {
      const item = await iterator.next();
      return item.done === true ? end : { done: false, value: map(item.value) };
    },
    async return() {
      controller.abort();
      await iterator.return?.();
      return end;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
