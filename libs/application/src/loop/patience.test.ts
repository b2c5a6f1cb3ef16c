import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ClusterName } from '@spillway/kernel';
import { eu, us } from '../testing/index.js';
import { Patience } from './patience.js';

const never = new Promise<string>(() => undefined);
let patience: Patience;
/** Ends the pause that is being made, if any. */
let endPause: () => void;
let pauses: number[];
let signals: AbortSignal[];

/** All that follows from what was said has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An answer that the test gives. */
function later(): { readonly answer: Promise<string>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const answer = new Promise<string>((say) => (give = () => say('late')));
  return { answer, give: () => give() };
}

/** So much of the process's own time. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms;) {
    passed += pauses.at(-1) ?? Infinity;
    endPause();
    await settled();
  }
}

const inTime = (...asked: readonly (readonly [ClusterName, Promise<string>])[]) =>
  patience.inTime(new Map(asked));

/** Asks it, and has its answer after `ms` of the process's own time. */
async function answerAfter(cluster: ClusterName, ms: number): Promise<void> {
  const { answer, give } = later();
  const answered = patience.alone(cluster, answer);
  await settled();
  if (ms > 0) await pass(ms);
  give();
  await answered;
}

/** It hangs, beside one that does not. */
async function losePatienceWith(cluster: ClusterName): Promise<void> {
  const answers = inTime([eu, Promise.resolve('one')], [cluster, never]);
  await settled();
  await pass(500);
  expect([...(await answers)]).toEqual([[eu, 'one']]);
}

beforeEach(() => {
  pauses = [];
  signals = [];
  patience = new Patience((length, signal) => {
    pauses.push(length);
    signals.push(signal);
    return new Promise((end) => (endPause = end));
  });
});

describe('clusters that are asked together', () => {
  it('wait for each other, and no longer', async () => {
    const answers = await inTime([eu, Promise.resolve('one')], [us, Promise.resolve('two')]);
    expect([...answers]).toEqual([
      [eu, 'one'],
      [us, 'two'],
    ]);
    expect(signals.map(({ aborted }) => aborted)).not.toContain(false);
  });

  it('go on without one that hangs, and do not wait for it the next time', async () => {
    await losePatienceWith(us);
    expect(patience.isOverWith(us)).toBe(true);
    const next = await inTime([eu, Promise.resolve('one')], [us, never]);
    expect([...next]).toEqual([[eu, 'one']]);
  });

  it('wait from the first answer on for as long again: where all are slow, nobody is', async () => {
    const [one, other] = [later(), later()];
    const both = inTime([eu, one.answer], [us, other.answer]);
    await settled();
    await pass(2_000);
    one.give();
    await settled();
    await pass(1_900);
    other.give();
    expect((await both).size).toBe(2);
    expect([eu, us].filter((cluster) => patience.isOverWith(cluster))).toEqual([]);
  });

  it('wait in short pauses, so that a process that is itself late takes nobody for slow', async () => {
    const other = later();
    const both = inTime([eu, Promise.resolve('one')], [us, other.answer]);
    await settled();
    for (let late = 0; late < 10; late += 1) {
      // However long each took by the clock.
      endPause();
      await settled();
    }
    other.give();
    expect((await both).size).toBe(2);
    expect(Math.max(...pauses)).toBeLessThan(50);
    expect(patience.isOverWith(us)).toBe(false);
  });

  it('take one that fails for one that did not answer', async () => {
    const failed = Promise.reject<string>(new Error('no'));
    const answers = await inTime([eu, Promise.resolve('one')], [us, failed]);
    expect([...answers]).toEqual([[eu, 'one']]);
    expect(patience.isOverWith(us)).toBe(true);
  });
});

it('waits for a single one as long as it takes', async () => {
  expect([...(await inTime([eu, never]))]).toEqual([]);
  expect(pauses).toEqual([]);
  await answerAfter(eu, 5_000);
});

it.each([
  [700, false],
  [725, true],
])('has lost patience with one that took %d ms where another took 100: %s', async (ms, isOver) => {
  await answerAfter(eu, 100);
  await answerAfter(us, ms);
  expect(patience.isOverWith(us)).toBe(isOver);
  expect(patience.isOverWith(eu)).toBe(false);
});

it('waits again for one that hung when it has answered in time', async () => {
  await losePatienceWith(us);
  await answerAfter(us, 100);
  expect(patience.isOverWith(us)).toBe(false);
});

it('has patience with all where all have become slow', async () => {
  await answerAfter(eu, 25);
  await answerAfter(us, 600);
  expect(patience.isOverWith(us)).toBe(true);
  await answerAfter(eu, 500);
  expect(patience.isOverWith(us)).toBe(false);
});
