import { expect, it } from '@jest/globals';
import { askedTogether, writtenTogether } from './asked-together.js';

const start = () => {
  const asked: (readonly string[])[] = [];
  const ask = askedTogether((names: readonly string[]) => {
    asked.push(names);
    return Promise.resolve(
      new Map(names.filter((name) => name !== 'gone').map((n) => [n, `${n}!`])),
    );
  });
  return { asked, ask };
};

it('asks once for all who ask in the same moment, for each name once', async () => {
  const { asked, ask } = start();
  expect(await Promise.all([ask('a'), ask('b'), ask('a'), ask('gone')])).toEqual([
    'a!',
    'b!',
    'a!',
    undefined,
  ]);
  expect(asked).toEqual([['a', 'b', 'gone']]);
});

it('asks again later, for what may be another answer by then', async () => {
  const { asked, ask } = start();
  await ask('a');
  await ask('a');
  expect(asked).toEqual([['a'], ['a']]);
});

it('writes once for all who write in the same moment, what is the same as often as it is written', async () => {
  const written: (readonly string[])[] = [];
  const write = writtenTogether((items: readonly string[]) => {
    written.push(items);
    return Promise.resolve();
  });
  await Promise.all([write('a'), write('b'), write('a')]);
  await write('a');
  expect(written).toEqual([['a', 'b', 'a'], ['a']]);
});

it('fails everybody whose writing failed', async () => {
  const write = writtenTogether(() => Promise.reject(new Error('no')));
  const ended = await Promise.allSettled([write('a'), write('b')]);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
