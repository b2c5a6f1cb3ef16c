import { instant } from '@spillway/kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { failure, type Answer } from './answer.js';
import { Breaker } from './breaker.js';

const nothing: Answer = { kind: 'silence', message: 'no answer' };
const series: Answer = { kind: 'series', series: [] };

let now: number;
let breaker: Breaker;
beforeEach(() => {
  now = 0;
  breaker = new Breaker({ now: () => instant(now) });
});

const hear = (answer: Answer) => breaker.watch(() => Promise.resolve(answer));

/** A question that is answered when the test says so. */
function ask(): (answer: Answer) => Promise<Answer> {
  let say: (answer: Answer) => void = () => undefined;
  const answered = breaker.watch(() => new Promise((resolve) => (say = resolve)));
  return (answer) => (say(answer), answered);
}

describe('after a silence', () => {
  beforeEach(() => hear(nothing));

  it('nobody asks for five seconds', () => {
    expect(breaker.refusal).toBe(nothing);
    now = 4_999;
    expect(breaker.refusal).toBe(nothing);
    now = 5_000;
    expect(breaker.refusal).toBeUndefined();
  });

  it('one at a time asks then, and everybody once there was an answer', async () => {
    now = 5_000;
    const answer = ask();
    expect(breaker.refusal).toBe(nothing);
    await answer(series);
    expect(breaker.refusal).toBeUndefined();
    ask();
    expect(breaker.refusal).toBeUndefined();
  });

  it('another silence begins the rest anew', async () => {
    now = 5_000;
    const answer = ask();
    now = 15_000;
    await answer(nothing);
    now = 19_999;
    expect(breaker.refusal).toBe(nothing);
    now = 20_000;
    expect(breaker.refusal).toBeUndefined();
  });
});

it.each([series, failure('HTTP 500')])('an answer of any kind is no silence: %j', async (given) => {
  await hear(given);
  expect(breaker.refusal).toBeUndefined();
});

it('does not take a slow question for a silence while others are answered', async () => {
  const slow = ask();
  await hear(series);
  await slow(nothing);
  expect(breaker.refusal).toBeUndefined();
});
