import { expect, it } from '@jest/globals';
import { gathered } from './gathered.js';

/** Answers with the double of each, when it is told to. */
function start() {
  const asked: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const ask = gathered(async (all: readonly number[]) => {
    asked.push(all);
    await new Promise<void>((resolve) => answers.push(resolve));
    return all.map((n) => 2 * n);
  });
  const answer = async (): Promise<void> => {
    while (answers.length === 0) await Promise.resolve();
    answers.shift()?.();
  };
  return { asked, ask, answer };
}

it('asks at once for who comes first, and together for those who come meanwhile', async () => {
  const { asked, ask, answer } = start();
  const first = ask(1);
  await Promise.resolve();
  const others = Promise.all([ask(2), ask(3)]);
  await answer();
  expect(await first).toBe(2);
  await answer();
  expect(await others).toEqual([4, 6]);
  expect(asked).toEqual([[1], [2, 3]]);
});

it('asks once for those who come in the same moment', async () => {
  const { asked, ask, answer } = start();
  const both = Promise.all([ask(1), ask(2)]);
  await answer();
  expect(await both).toEqual([2, 4]);
  expect(asked).toEqual([[1, 2]]);
});

it('tells an error to all who shared the question, and goes on', async () => {
  let isAway = true;
  const ask = gathered((all: readonly number[]) =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve(all),
  );
  const outcomes = await Promise.allSettled([ask(1), ask(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isAway = false;
  expect(await ask(3)).toBe(3);
});
