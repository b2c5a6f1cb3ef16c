import { beforeEach, describe, expect, it } from '@jest/globals';
import { aMoment } from '@spillway/domain-release/testing';
import { after, duration, type ClusterName } from '@spillway/kernel';
import { eu, us } from '../testing/index.js';
import { VirtualClock } from '../testing/fake/virtual-clock.js';
import { Patience } from './patience.js';

const clock = new VirtualClock(aMoment);
const never = new Promise<string>(() => undefined);
let patience: Patience;
let endPause: () => void;
let pauses: number[];
let signals: AbortSignal[];

const inTime = (asked: readonly (readonly [ClusterName, Promise<string>])[]) =>
  patience.inTime(
    new Map(asked.map(([cluster, answer]) => [cluster, patience.ask(cluster, () => answer)])),
  );

/** An answer that the test gives. */
function later(text: string): { readonly answer: Promise<string>; readonly give: () => void } {
  let give: (text: string) => void = () => undefined;
  const answer = new Promise<string>((say) => (give = say));
  return { answer, give: () => give(text) };
}

/** All that follows from what was said has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** It hangs, beside one that does not. */
async function losePatienceWith(cluster: ClusterName): Promise<void> {
  const answers = inTime([
    [eu, Promise.resolve('one')],
    [cluster, never],
  ]);
  await settled();
  endPause();
  expect([...(await answers)]).toEqual([[eu, 'one']]);
}

beforeEach(() => {
  pauses = [];
  signals = [];
  patience = new Patience({
    clock,
    pause: (length, signal) => {
      pauses.push(length);
      signals.push(signal);
      return new Promise((end) => (endPause = end));
    },
  });
});

describe('clusters that are asked together', () => {
  it('wait for each other, and no longer', async () => {
    const answers = await inTime([
      [eu, Promise.resolve('one')],
      [us, Promise.resolve('two')],
    ]);
    expect([...answers]).toEqual([
      [eu, 'one'],
      [us, 'two'],
    ]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('go on without one that hangs, and do not wait for it the next time', async () => {
    await losePatienceWith(us);
    expect(patience.isOverWith(us)).toBe(true);
    const next = await inTime([
      [eu, Promise.resolve('one')],
      [us, never],
    ]);
    expect([...next]).toEqual([[eu, 'one']]);
  });

  it('wait from the first answer on: where this process is late, nobody is slow', async () => {
    const began = clock.now();
    const [one, other] = [later('one'), later('two')];
    const both = inTime([
      [eu, one.answer],
      [us, other.answer],
    ]);
    await settled();
    expect(pauses).toEqual([]);
    await clock.advanceTo(after(began, duration(3_000)));
    one.give();
    await settled();
    expect(pauses).toEqual([3_000]);
    other.give();
    expect((await both).size).toBe(2);
    expect([eu, us].filter((cluster) => patience.isOverWith(cluster))).toEqual([]);
  });

  it('take one that fails for one that did not answer', async () => {
    const answers = await inTime([
      [eu, Promise.resolve('one')],
      [us, Promise.reject(new Error('no'))],
    ]);
    expect([...answers]).toEqual([[eu, 'one']]);
    expect(patience.isOverWith(us)).toBe(true);
  });
});

it('waits for a single one as long as it takes', async () => {
  expect([...(await inTime([[eu, Promise.resolve('one')]]))]).toEqual([[eu, 'one']]);
  expect(pauses).toEqual([]);
});

/** Asks it, and has its answer after `ms`. */
const answerAfter = (cluster: ClusterName, ms: number): Promise<string> =>
  patience.ask(cluster, async () => {
    await clock.advanceTo(after(clock.now(), duration(ms)));
    return 'one';
  });

it.each([
  [700, false],
  [701, true],
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
  await answerAfter(eu, 20);
  await answerAfter(us, 3_000);
  expect(patience.isOverWith(us)).toBe(true);
  await answerAfter(eu, 3_000);
  expect(patience.isOverWith(us)).toBe(false);
});
