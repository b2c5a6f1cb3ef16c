import { expect, it } from '@jest/globals';
import { Fresh } from './fresh.js';

let now = 0;
const counting = (forMs: number) => {
  let asked = 0;
  const open: (() => void)[] = [];
  const fresh = new Fresh<number>(
    () => {
      asked += 1;
      const n = asked;
      return new Promise((resolve) => open.push(() => resolve(n)));
    },
    forMs,
    () => now,
  );
  return { fresh, answer: () => open.shift()?.() };
};

it('asks once for many that want it meanwhile, however long that takes', async () => {
  const { fresh, answer } = counting(1_000);
  const first = fresh.get();
  now += 5_000;
  const second = fresh.get();
  answer();
  expect([await first, await second]).toEqual([1, 1]);
});

it('keeps the answer for its time from when it came, and then asks again', async () => {
  const { fresh, answer } = counting(1_000);
  const first = fresh.get();
  now += 5_000;
  answer();
  await first;
  now += 999;
  expect(await fresh.get()).toBe(1);
  now += 1;
  const next = fresh.get();
  answer();
  expect(await next).toBe(2);
});

it('keeps a failure no longer than an answer', async () => {
  let tries = 0;
  const fresh = new Fresh(
    () => ((tries += 1) === 1 ? Promise.reject(new Error('away')) : Promise.resolve('here')),
    0,
    () => now,
  );
  await expect(fresh.get()).rejects.toThrow('away');
  expect(await fresh.get()).toBe('here');
});
