/**
 * Asks for many at once: those who come while a question is open share the next one. An error is
 * everybody's who shared it. `ask` gives as many answers as it was given items, in their order.
 */
export function gathered<Item, Answer>(
  ask: (all: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  let next: Item[] = [];
  let answers: Promise<readonly Answer[]> | undefined;
  let open: Promise<unknown> = Promise.resolve();
  return async (item) => {
    const place = next.push(item) - 1;
    answers ??= open.then(() => {
      const all = next;
      next = [];
      answers = undefined;
      const asked = ask(all);
      open = asked.catch(() => undefined);
      return asked;
    });
    const [answer] = (await answers).slice(place, place + 1);
    return answer as Answer;
  };
}
