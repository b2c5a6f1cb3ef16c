import { expect, it } from '@jest/globals';
import { bugs, findSoon } from './find.js';

it('plants enough bugs to prove something, each under a name of its own', () => {
  expect(bugs.length).toBeGreaterThanOrEqual(12);
  expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
});

it.each(bugs)(
  'finds it when $says ($name)',
  async (bug) => {
    const { promise } = await findSoon(bug);
    expect(promise).toBeDefined();
  },
  60_000,
);
